BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = 'web-1', 'web-2' | New-MacInterface -VlanId 10
    $null = New-MacSecurityGroup web 'What faces the world'
    $null = New-MacSecurityGroup clients
    $rule = Add-MacSecurityGroupRule web Inbound Tcp -Port 80, 443 -RemoteGroup clients
    Get-MacInterface | Add-MacSecurityGroupMember web
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacSecurityGroup' {
    It 'lists groups with their rules and members' {
        (Get-MacSecurityGroup).Name | Should -Be 'clients', 'web'
        $group = Get-MacSecurityGroup WEB
        $group.Member | Should -Be 'web-1', 'web-2'
        "$($group.Rule)" | Should -Be 'Inbound Tcp 80,443 from clients'
        (Get-MacSecurityGroup c*, w?b).Name | Should -Be 'clients', 'web'
        Get-MacSecurityGroup none* | Should -BeNullOrEmpty
    }

    It 'takes names, groups and rules from the pipeline' {
        ('web', 'cl*' | Get-MacSecurityGroup).Name | Should -Be 'web', 'clients'
        (Get-MacSecurityGroup | Get-MacSecurityGroup).Name | Should -Be 'clients', 'web'
        (Get-MacSecurityGroupRule | Get-MacSecurityGroup).Name | Should -Be 'web'
        ((Get-MacInterface web-1).SecurityGroup | Get-MacSecurityGroup).Name | Should -Be 'web'
    }

    It 'leads to its members' {
        ((Get-MacSecurityGroup web).Member | Get-MacInterface).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface -SecurityGroup WEB).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface -SecurityGroup w*, clients).Name | Should -Be 'web-1', 'web-2'
        Get-MacInterface -SecurityGroup clients | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacSecurityGroup none } }
        @{ Case = 'a long name'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Get-MacSecurityGroup ('n' * 65) } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'counts its rules in a table, and shows them in a list' {
        Get-MacSecurityGroup web | Out-String -Width 120 | Should -Match '(?m)^web +False +1 web-1, web-2 +What faces the world'
        Get-MacSecurityGroup web | Format-List | Out-String -Width 120 | Should -Match '(?m)^Rule +: \{Inbound Tcp 80,443 from clients\}'
    }

    It 'completes groups' {
        $groups = Complete-Line 'Get-MacSecurityGroup -Name '
        $groups.CompletionText | Should -Be 'clients', 'web'
        $groups.ToolTip | Should -Be "Security group 'clients'", "Security group 'web'"
        (Complete-Line 'Get-MacInterface -SecurityGroup w').CompletionText | Should -Be 'web'
    }
}
