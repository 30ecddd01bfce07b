# The script that reports what only a real Windows can show: what of it can be tried anywhere.
BeforeAll {
    . $PSScriptRoot/Support.ps1
    $scriptPath = Join-Path $RepositoryRoot 'tests' 'Windows' 'Test-RealWindows.ps1'
}

Describe 'Test-RealWindows.ps1' {
    It 'is a script without mistakes' {
        $mistakes = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($scriptPath, [ref] $null, [ref] $mistakes)
        $mistakes | Should -BeNullOrEmpty
    }

    It 'lists its checks, each with what it is about' {
        $checks = & $scriptPath -List
        $checks.Count | Should -BeGreaterThan 10
        $checks.Name | Should -Be ($checks.Name | Select-Object -Unique)
        $checks.Where({ -not $_.About.EndsWith('.') }).Name | Should -BeNullOrEmpty
        (& $scriptPath -List -Check 'Certificate*').Count | Should -Be 2
    }

    It 'stands in the document with each of its checks' {
        $document = Get-Content -Raw (Join-Path $RepositoryRoot 'docs' 'windows.md')
        foreach ($check in & $scriptPath -List) {
            $document | Should -BeLike "*| $($check.Name) | $($check.About) |*"
        }
    }

    It 'says what it needs where there is no Windows, and ends' {
        if ($IsWindows) {
            Set-ItResult -Skipped -Because 'this is a Windows'
        }
        $report = Join-Path $TestDrive 'report.json'
        & $scriptPath -JsonPath $report | Should -BeLike 'This script needs a Windows: *'
        $report | Should -Not -Exist
    }
}
