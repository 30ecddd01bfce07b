# Every script of the repository is read by PSScriptAnalyzer, where it is installed; that it parses is seen without.
BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $scripts = Get-ChildItem $root -Depth 0 -Include *.ps1, *.psm1, *.psd1 -File -Force
    $scripts += Get-ChildItem "$root/src", "$root/tests", "$root/docs" -Recurse -Include *.ps1, *.psm1, *.psd1 -File | Where-Object FullName -NotMatch '[/\\](bin|obj|artifacts)[/\\]'
    $scripts = $scripts | ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($root, $_.FullName); Path = $_.FullName } }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
}

Describe 'The script <Name>' -ForEach $scripts {
    It 'parses' {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
    }
}

Describe 'The scripts' {
    It 'have nothing that PSScriptAnalyzer finds' {
        if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
            Set-ItResult -Skipped -Because 'the module PSScriptAnalyzer is not installed'
            return
        }
        Import-Module PSScriptAnalyzer
        $found = $scripts.Path | ForEach-Object { Invoke-ScriptAnalyzer $_ -Settings "$root/.ScriptAnalyzerSettings.psd1" }
        $found.ForEach({ "$($_.RuleName) $($_.ScriptName):$($_.Line) $($_.Message)" }) | Should -BeNullOrEmpty
    } -ForEach @{ Scripts = $scripts }
}
