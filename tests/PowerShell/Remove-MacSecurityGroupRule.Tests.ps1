BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacSecurityGroupRule' {
    BeforeEach {
        New-ExampleStore
        $null = 'web', 'clients' | New-MacSecurityGroup
        $first = Add-MacSecurityGroupRule web Inbound Tcp -Port 80
        $second = Add-MacSecurityGroupRule web Outbound Any
        $third = Add-MacSecurityGroupRule clients Inbound Any
    }

    It 'removes rules by number' {
        Remove-MacSecurityGroupRule $first.RuleId | Should -BeNullOrEmpty
        "$(Remove-MacSecurityGroupRule -RuleId $second.RuleId -PassThru)" | Should -Be 'Outbound Any to anywhere'
        (Get-MacSecurityGroupRule).RuleId | Should -Be $third.RuleId
    }

    It 'removes the rules of the pipeline, as objects and by number' {
        Get-MacSecurityGroupRule web | Remove-MacSecurityGroupRule
        (Get-MacSecurityGroupRule).RuleId | Should -Be $third.RuleId
        $third.RuleId | Remove-MacSecurityGroupRule
        Get-MacSecurityGroupRule | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf' {
        Get-MacSecurityGroupRule | Remove-MacSecurityGroupRule -WhatIf
        Get-MacSecurityGroupRule | Should -HaveCount 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown number'; Id = 'SecurityGroupRuleNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacSecurityGroupRule 99 } }
        @{ Case = 'a rule that was removed'; Id = 'SecurityGroupRuleNotFound'; Category = 'ObjectNotFound'; Command = { $first | Remove-MacSecurityGroupRule } }
    ) {
        Remove-MacSecurityGroupRule $first.RuleId
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'goes on after a number that does not exist' {
        Remove-MacSecurityGroupRule $first.RuleId, 99, $third.RuleId -ErrorAction SilentlyContinue
        (Get-MacSecurityGroupRule).RuleId | Should -Be $second.RuleId
    }

    It 'completes numbers' {
        (Complete-Line 'Remove-MacSecurityGroupRule ').ToolTip | Should -Be 'web: Inbound Tcp 80 from anywhere', 'web: Outbound Any to anywhere', 'clients: Inbound Any from anywhere'
    }
}
