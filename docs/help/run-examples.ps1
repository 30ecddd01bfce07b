# Runs examples one after the other and writes what an administrator would see, each block's after a line '#example <number>'.
param([Parameter(Mandatory)] [string] $Manifest, [Parameter(Mandatory)] [string] $Folder)

[cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = 'en-US'
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

function Initialize-Lab([string] $Place) {
    Copy-Item (Join-Path $PSScriptRoot ../examples/*) (New-Item -ItemType Directory $Place)
    Set-Location $Place
    $null = Connect-MacStore ./lab.db
    $null = Import-MacConfiguration ./cameras-and-plc.json -Confirm:$false
}

# Statement by statement, as they would be typed; what one sets, the next ones of the example have.
function Invoke-Block($MacHelpBlocks) {
    foreach ($MacHelpBlock in $MacHelpBlocks) {
        Write-Host "#example $($MacHelpBlock.Number)"
        foreach ($MacHelpStatement in [scriptblock]::Create($MacHelpBlock.Code).Ast.EndBlock.Statements) {
            . { try { . ([scriptblock]::Create($MacHelpStatement.Extent.Text)) *>&1 } catch { $_ } } |
                ForEach-Object { $_ -is [Management.Automation.VerboseRecord] ? "VERBOSE: $_" : $_ -is [Management.Automation.WarningRecord] ? "WARNING: $_" : $_ } |
                Out-String -Width 80 | ForEach-Object Trim("`r`n") | Where-Object { $_ } | ForEach-Object { Write-Host "$_`n" }
        }
    }
}

Get-Content (Join-Path $Folder examples.json) | ConvertFrom-Json | Group-Object Example | ForEach-Object {
    Initialize-Lab (Join-Path $Folder $_.Name lab)
    Invoke-Block $_.Group
    Get-Job | Remove-Job -Force
}
Disconnect-MacStore -ErrorAction Ignore
Set-Location $PSScriptRoot
