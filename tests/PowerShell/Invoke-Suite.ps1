<#
.SYNOPSIS
Runs the Pester suite and writes what came of it: for dotnet test as JSON, for people as text.
#>
param(
    [string] $JsonPath,
    [string] $ReportPath,
    [string[]] $Path = $PSScriptRoot
)

# A dotnet test that is asked for output in colours passes that on, and a coloured text is no longer the text that is asserted.
$PSStyle.OutputRendering = 'PlainText'

function Write-Obstacle([string] $Obstacle) {
    if ($JsonPath) { @{ Obstacle = $Obstacle } | ConvertTo-Json | Set-Content $JsonPath }
    if ($ReportPath) { "Pester: skipped, $Obstacle" | Set-Content $ReportPath }
    Write-Output "Pester: skipped, $Obstacle"
}

if ($PSVersionTable.PSVersion -lt [version]'7.6') {
    Write-Obstacle "the module needs PowerShell 7.6, and this is $($PSVersionTable.PSVersion)."
    return
}
if (-not (Get-Module -ListAvailable Pester | Where-Object Version -GE ([version]'5.5'))) {
    Write-Obstacle 'Pester 5.5 or later is missing. Install it with Install-PSResource Pester.'
    return
}

Import-Module Pester -MinimumVersion 5.5 -ErrorAction Stop
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'Plaintext'
$configuration.Output.CIFormat = 'None'
$run = Invoke-Pester -Configuration $configuration

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

if ($JsonPath) {
    @{ Files = @($files) } | ConvertTo-Json -Depth 5 | Set-Content $JsonPath
}
if ($ReportPath) {
    @(
        "Pester $((Get-Module Pester).Version) in PowerShell $($PSVersionTable.PSVersion): $($run.PassedCount) passed, $($run.FailedCount) failed, $($run.SkippedCount) skipped."
        $files.Skips.ForEach({ "  skipped: $_" })
    ) | Set-Content $ReportPath
}
if ($run.Result -ne 'Passed') {
    exit 1
}
