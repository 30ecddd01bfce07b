BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacProfileRule' {
    BeforeEach {
        New-SessionStore
        $null = Add-MacProfileRule datacentre -Session training -When 'QueueDepth > 50'
    }

    It 'suspends rules and makes them active again, with audit' {
        Set-MacProfileRule 1 -State Suspended | Should -BeNullOrEmpty
        $rule = Get-MacProfileRule 1
        $rule.State | Should -Be Suspended
        $rule.SuspendedAt | Should -Not -BeNullOrEmpty
        $rule | Set-MacProfileRule -State Active -PassThru | ForEach-Object State | Should -Be Active
        (Get-MacProfileRule 1).SuspendedAt | Should -BeNullOrEmpty
        (Get-MacAuditEvent -Action ChangeProfileRule).Detail | Should -Be 'suspended: by hand', 'active again'
    }

    It 'changes nothing where nothing changes' {
        $before = (Get-MacStore).Revision
        Set-MacProfileRule 1 -State Active
        Set-MacProfileRule 1 -State Suspended -WhatIf
        (Get-MacStore).Revision | Should -Be $before
    }

    It 'refuses rules that have no state, or are not there' {
        $null = Add-MacProfileRule datacentre -MatchName 'db-*'
        (Get-MacError { Set-MacProfileRule 2 -State Suspended }).Id | Should -Be ProfileRuleWithoutCondition
        (Get-MacError { Set-MacProfileRule 9 -State Suspended }).Id | Should -Be ProfileRuleNotFound
    }

    It 'completes rules and states' {
        (TabExpansion2 'Set-MacProfileRule ' 19).CompletionMatches.CompletionText | Should -Contain '1'
        $line = 'Set-MacProfileRule 1 -State '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be Active, Suspended
    }
}
