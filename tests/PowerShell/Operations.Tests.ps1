# The runbook docs/operations.md: its commands run as they stand there, one after the other.
BeforeDiscovery {
    $page = Get-Content -Raw -LiteralPath (Join-Path $PSScriptRoot ../../docs/operations.md)
    $number = 0
    $blocks = [regex]::Matches($page, '(?ms)^```powershell\r?\n(?<code>.*?)^```').ForEach({ @{ Number = ++$number; Code = $_.Groups['code'].Value.TrimEnd() } })
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    $page = Get-Content -Raw -LiteralPath (Join-Path $RepositoryRoot 'docs/operations.md')
    Push-Location $TestDrive
}

AfterAll {
    Pop-Location
    Unregister-MacEvent * -ErrorAction Ignore
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'The runbook' {
    It 'has <Number>: <Code>' -ForEach $blocks {
        $ErrorActionPreference = 'Stop'
        { Invoke-Expression $Code | Out-String | Out-Null } | Should -Not -Throw
    }

    It 'has a section for each failure' {
        foreach ($title in 'Install', 'Upgrade', 'Back up', 'Restore', 'Watch', 'The store is away', 'The store was restored from an earlier state', "A provider's own store is lost", 'The disk is full', 'An enforcer was killed',
            'A table cannot be put in force', 'A port is gone', 'A pool is exhausted') {
            $page | Should -Match "(?m)^##+ $([regex]::Escape($title))\r?$"
        }
    }

    It 'did what it says' {
        Test-Path ./units/macseg-edge.service, ./units/macseg-alerts.service, ./night.db, ./night.json | Should -Be $true, $true, $true, $true
        (Get-MacVlan 10).Ranges.Count | Should -Be 2
        Get-MacEventSubscription | Should -BeNullOrEmpty
    }

    It 'is run where it can be: what is not names commands that need a host, or machines that are not here' {
        $text = [regex]::Matches($page, '(?ms)^```text\r?\n(?<code>.*?)^```').ForEach({ $_.Groups['code'].Value -split '\r?\n' }).Where({ $_ })
        $known = (Get-Command -Module MacSegmentation).Name
        $named = $text.ForEach({ [regex]::Matches($_, '^[A-Z][a-z]+-Mac\w+').Value }).Where({ $_ })
        $named | Should -Not -BeNullOrEmpty
        $named.Where({ $_ -notin $known }) | Should -BeNullOrEmpty
    }
}
