BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = 'web', 'clients' | New-MacSecurityGroup
    $first = Add-MacSecurityGroupRule web Inbound Tcp -Port 80, 443, 8000-8080 -RemoteGroup clients
    $second = Add-MacSecurityGroupRule clients Outbound Any
    $third = Add-MacSecurityGroupRule web Outbound Udp -Port 53 -RemoteAddress 10.0.0.53
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacSecurityGroupRule' {
    It 'lists all rules, or those of groups, of a direction, or by number' {
        (Get-MacSecurityGroupRule).RuleId | Should -Be $first.RuleId, $second.RuleId, $third.RuleId
        (Get-MacSecurityGroupRule WEB).RuleId | Should -Be $first.RuleId, $third.RuleId
        (Get-MacSecurityGroupRule c*, w?b -Direction Outbound).RuleId | Should -Be $second.RuleId, $third.RuleId
        (Get-MacSecurityGroupRule -RuleId $third.RuleId, $first.RuleId).GroupName | Should -Be 'web', 'web'
        Get-MacSecurityGroupRule none* | Should -BeNullOrEmpty
    }

    It 'takes names, groups and rules from the pipeline' {
        ('clients', 'w*' | Get-MacSecurityGroupRule) | Should -HaveCount 3
        (Get-MacSecurityGroup web | Get-MacSecurityGroupRule -Direction Inbound).RuleId | Should -Be $first.RuleId
        ($second | Get-MacSecurityGroupRule).RuleId | Should -Be $second.RuleId
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacSecurityGroupRule none } }
        @{ Case = 'an unknown number'; Id = 'SecurityGroupRuleNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacSecurityGroupRule -RuleId 99 } }
        @{ Case = 'a long name'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Get-MacSecurityGroupRule ('n' * 65) } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'shows ports and other side in a table' {
        $table = Get-MacSecurityGroupRule web | Out-String -Width 120
        $table | Should -Match '(?m)^ +\d+ web +Inbound +Tcp +80,443,80\S+ +clients'
        $table | Should -Match '(?m)^ +\d+ web +Outbound +Udp +53 +10\.0\.0\.53/32'
    }

    It 'completes groups, directions and numbers' {
        (Complete-Line 'Get-MacSecurityGroupRule -Group ').CompletionText | Should -Be 'clients', 'web'
        (Complete-Line 'Get-MacSecurityGroupRule -Direction ').CompletionText | Should -Be 'Inbound', 'Outbound'
        $numbers = Complete-Line 'Get-MacSecurityGroupRule -RuleId '
        $numbers.CompletionText | Should -Be @($first, $second, $third).RuleId.ForEach({ "$_" })
        $numbers[0].ToolTip | Should -Be 'web: Inbound Tcp 80,443,8000-8080 from clients'
    }
}
