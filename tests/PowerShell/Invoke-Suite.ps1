<#
.SYNOPSIS
Runs the Pester suite, or some of its files: for dotnet test it writes what came of it as JSON, for people as text.

.PARAMETER Path
Files or folders, with the system's path separator between them.

.PARAMETER Pester
The manifest of the Pester to use, 5.5 or later; without it, the newest that is installed.
#>
param(
    [string] $JsonPath,
    [string] $Pester = 'Pester',
    [string] $Path = $PSScriptRoot
)

# A dotnet test that is asked for output in colours passes that on, and a coloured text is no longer the text that is asserted.
$PSStyle.OutputRendering = 'PlainText'

if ($PSVersionTable.PSVersion -lt [version]'7.6') {
    throw "The module needs PowerShell 7.6, and this is $($PSVersionTable.PSVersion)."
}
Import-Module $Pester -MinimumVersion 5.5 -ErrorAction Stop
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path.Split([IO.Path]::PathSeparator)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.Output.CIFormat = 'None'
$run = Invoke-Pester -Configuration $configuration

if ($JsonPath) {
    $files = foreach ($container in $run.Containers) {
        $tests = $run.Tests.Where({ $_.ScriptBlock.File -eq "$($container.Item)" })
        @{
            Name     = Split-Path -Leaf $container.Item
            Result   = "$($container.Result)"
            Passed   = $container.PassedCount
            Failed   = $container.FailedCount
            Skipped  = $container.SkippedCount
            Failures = @(
                $container.ErrorRecord.ForEach({ "$_" })
                $container.Blocks.ErrorRecord.ForEach({ "$_" })
                $tests.Where({ $_.Result -eq 'Failed' }).ForEach({ "$($_.ExpandedPath): $($_.ErrorRecord[0])" })
            )
            Skips    = @($tests.Where({ $_.Result -eq 'Skipped' }).ForEach({ "$($_.ExpandedPath): $($_.ErrorRecord[0])" }))
        }
    }
    @{ Files = @($files); Pester = "$((Get-Module Pester).Version)"; PowerShell = "$($PSVersionTable.PSVersion)" } | ConvertTo-Json -Depth 5 | Set-Content $JsonPath
}
if ($run.Result -ne 'Passed') {
    exit 1
}
