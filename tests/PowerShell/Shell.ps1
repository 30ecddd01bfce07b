# The words that start a PowerShell like this one. The one from the package `PowerShell` runs as `dotnet pwsh.dll`: there the process' own
# path says dotnet, as it says pwsh where PowerShell is installed.
function Get-ShellCommand {
    $program = [Environment]::ProcessPath
    $program
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        Join-Path $PSHOME pwsh.dll
    }
}

# Runs such a PowerShell without profiles and returns what it writes. Through: a program that starts it, with its arguments.
function Invoke-ShellCommand {
    param([Parameter(Mandatory)] [string[]] $Argument, [string[]] $Through = @(), [Parameter(ValueFromPipeline)] [string] $InputObject)

    $line = @($Through) + @(Get-ShellCommand) + '-NoProfile' + $Argument
    $MyInvocation.ExpectingInput ? ($input | & $line[0] $line[1..($line.Count - 1)]) : (& $line[0] $line[1..($line.Count - 1)])
}
