BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacProfileRule' {
    BeforeEach {
        New-SessionStore
    }

    It 'adds rules of both kinds and writes them' {
        $rule = Add-MacProfileRule -MatchName 'db-*' -UseProfile DATACENTRE
        "$($rule.RuleId) $($rule.UseProfile) $($rule.MatchName) $($rule.IsAdjustment)" | Should -Be '1 datacentre db-* False'
        $rule = Add-MacProfileRule -Session training -When 'egressutilization>90% within 10' -UseProfile satellite -RevertAfter 5m
        "$($rule.Session) $($rule.When) $($rule.RevertAfter) $($rule.HoldTime) $($rule.IsAdjustment)" | Should -Be 'training EgressUtilization > 90% within 10s 00:05:00 00:00:10 True'
        "$((Add-MacProfileRule satellite -MatchTag x, @{ a = 1 }).MatchTag)" | Should -Be 'x {"a":1}'
    }

    It 'refuses <Id> and changes nothing' -ForEach @(
        @{ Id = 'ProfileNotFound'; Given = @{ UseProfile = 'fibre' } }
        @{ Id = 'SessionNotFound'; Given = @{ Session = 'none' } }
        @{ Id = 'ProfileRuleWithoutMatch'; Given = @{ MatchName = '' } }
        @{ Id = 'InvalidNamePattern'; Given = @{ MatchName = '[a]' } }
        @{ Id = 'InvalidCondition'; Given = @{ When = 'EgressUtilization > 90%' } }
        @{ Id = 'ProfileRuleWithoutCondition'; Given = @{ RevertAfter = '5m' } }
        @{ Id = 'InvalidRevertTime'; Given = @{ When = 'QueueDepth > 9'; RevertAfter = '2d' } }
        @{ Id = 'InvalidHoldTime'; Given = @{ When = 'QueueDepth > 9'; HoldTime = '2d' } }
    ) {
        $all = @{ UseProfile = 'satellite'; MatchName = '*' }
        foreach ($key in $Given.Keys) { $all[$key] = $Given[$key] }
        (Get-MacError { Add-MacProfileRule @all }).Id | Should -Be $Id
    }

    It 'says where a condition is wrong' {
        (Get-MacError { Add-MacProfileRule satellite -MatchName * -When 'EgressUtilization > much within 10s' }).Message | Should -BeLike "*at character 21: 'much', expected a share*"
    }

    It 'takes rules back from CSV' {
        $null = Add-MacProfileRule satellite -MatchTag x, 42 -When 'QueueDepth > 9' -HoldTime 1m
        $file = Join-Path $TestDrive rules.csv
        Get-MacProfileRule | Export-Csv $file
        Remove-MacProfileRule 1
        $again = Import-Csv $file | Add-MacProfileRule
        "$($again.UseProfile) $($again.MatchTag) $($again.When) $($again.HoldTime)" | Should -Be 'satellite x 42 QueueDepth > 9 00:01:00'
    }

    It 'adds nothing with -WhatIf and completes what it names' {
        Add-MacProfileRule satellite -MatchName * -WhatIf
        Get-MacProfileRule | Should -BeNullOrEmpty
        (Complete-Line 'Add-MacProfileRule satellite -When E').CompletionText | Should -Be "'EgressUtilization > 90% within 10s'"
        (Complete-Line 'Add-MacProfileRule -UseProfile s').CompletionText | Should -Be satellite
    }
}
