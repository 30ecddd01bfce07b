BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacSecurityTrigger' {
    BeforeEach {
        New-QuarantineStore
        $null = Add-MacSecurityTrigger scan 'Denials > 50 within 10s' -AddTag quarantined -For 15m
        $null = Add-MacSecurityTrigger storm 'ArpRate > 200' -AddTag quarantined -DryRun
    }

    It 'lists triggers by name, with wildcards or without' {
        (Get-MacSecurityTrigger).Name | Should -Be scan, storm
        (Get-MacSecurityTrigger SC*).Name | Should -Be scan
        (Get-MacSecurityTrigger STORM).IsDryRun | Should -BeTrue
        ('storm', 'scan' | Get-MacSecurityTrigger).Name | Should -Be storm, scan
        Get-MacSecurityTrigger none* | Should -BeNullOrEmpty
        (Get-MacError { Get-MacSecurityTrigger none }).Id | Should -Be SecurityTriggerNotFound
    }

    It 'shows a trigger that has not fired' {
        $trigger = Get-MacSecurityTrigger scan
        $trigger.LastFired | Should -BeNullOrEmpty
        $trigger.InForce | Should -Be 0
    }

    It 'fits 80 columns' {
        $lines = (Get-MacSecurityTrigger | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -like 'scan *Denials > 50 within 10s*quarantined*00:15:00*' } | Should -HaveCount 1
        $lines | Where-Object { $_ -like '*dry run' } | Should -HaveCount 1
    }

    It 'completes names' {
        $line = 'Get-MacSecurityTrigger s'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be scan, storm
    }
}
