<#
.SYNOPSIS
Measures what a prompt waits for on a store of many records: an import, the first object of a list, Tab, a policy test. The rows of docs/performance.md.

.PARAMETER Allocation
How many allocations.

.PARAMETER Policy
How many policies.
#>
param(
    [int] $Allocation = 1000000,
    [int] $Policy = 100000,
    [string] $Manifest = (Join-Path $PSScriptRoot ../../../MacSegmentation.psd1)
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
$folder = [IO.Directory]::CreateTempSubdirectory('macseg-measure-').FullName


function Measure-Step([string] $Name, [scriptblock] $Step) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $result = & $Step
    [pscustomobject]@{
        Step        = $Name
        Milliseconds = [math]::Round($watch.Elapsed.TotalMilliseconds, 1)
        Result      = $result
        PeakMB      = [int] ([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)
    }
}

try {
    $document = Join-Path $folder store.json
    $writer = [IO.StreamWriter]::new($document)
    $writer.Write('{"vlans":[{"id":10,"ranges":["02-00-00-00-00-00/24"],"allocations":[')
    for ($i = 0; $i -lt $Allocation; $i++) {
        $digits = $i.ToString('x6')
        $writer.Write("$($i ? ',' : '')`n{`"instanceId`":`"vm$i`",`"macAddress`":`"020000$digits`"}")
    }
    $writer.Write(']}]}')
    $writer.Dispose()
    $null = Connect-MacStore (Join-Path $folder store.db)

    Measure-Step 'before anything' { }
    Measure-Step "import of $Allocation allocations" { (Import-MacConfiguration $document | Measure-Object).Count }
    foreach ($line in 'Get-MacAllocation', 'Get-MacAllocation 10', 'Get-MacAuditEvent') {
        1..3 | ForEach-Object { Measure-Step "first object of $line" { (& ([scriptblock]::Create("$line | Select-Object -First 1"))).MacAddress } }
    }
    foreach ($line in 'Get-MacAllocation -InstanceId ', 'Get-MacAllocation -InstanceId vm99', 'Get-MacAllocation -MacAddress 02', 'New-MacInterface x -VlanId 10 -MacAddress 02:00:00:0f', 'Get-MacAllocation -VlanId 10 -InstanceId vm5') {
        1..3 | ForEach-Object { Measure-Step "Tab at '$line'" { [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.Count } }
    }

    $null = New-MacVlan 20 -Range 02-00-01-00-00-00/24
    $text = [Text.StringBuilder]::new('{"vlans":[{"id":20,"ranges":["02-00-01-00-00-00/24"],"policies":[')
    for ($i = 1; $i -le $Policy; $i++) {
        $null = $text.Append("$($i -gt 1 ? ',' : '')`n{`"order`":$i,`"source`":`"020001$($i.ToString('x6'))`",`"destination`":`"*`",`"action`":`"Deny`"}")
    }
    $policies = Join-Path $folder policies.json
    [IO.File]::WriteAllText($policies, $text.Append(']}]}').ToString())
    $null = Connect-MacStore (Join-Path $folder policies.db)
    Measure-Step "import of $Policy policies" { (Import-MacConfiguration $policies | Measure-Object).Count }
    Measure-Step 'Test-MacPolicy, first' { (Test-MacPolicy 20 02:00:01:00:00:05 02:00:01:ff:ff:ff).Action }
    Measure-Step 'Test-MacPolicy, 100 more' { (1..100 | ForEach-Object { Test-MacPolicy 20 02:00:01:00:00:05 02:00:01:ff:ff:ff }).Count }
    foreach ($line in 'Set-MacPolicy 20 9', 'Get-MacPolicy -PolicyId 99') {
        1..3 | ForEach-Object { Measure-Step "Tab at '$line'" { [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.Count } }
    }
}
finally {
    Disconnect-MacStore -ErrorAction Ignore
    Remove-Item $folder -Recurse -Force
}
