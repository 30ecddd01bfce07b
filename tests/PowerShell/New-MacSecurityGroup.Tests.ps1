BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacSecurityGroup' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'creates a group without rules and members' {
        $group = New-MacSecurityGroup web
        $group | Should -BeOfType MacSegmentation.SecurityGroups.MacSecurityGroup
        "$($group.Name) '$($group.Description)' $($group.IsStateless) $($group.Rule.Count) $($group.Member.Count)" | Should -Be "web '' False 0 0"
        (Get-MacSecurityGroup web).Name | Should -Be 'web'
    }

    It 'creates one with a description, and one without state' {
        $group = New-MacSecurityGroup -Name web -Description 'What faces the world' -Stateless
        "$($group.Description) $($group.IsStateless)" | Should -Be 'What faces the world True'
        (New-MacSecurityGroup db 'Databases').Description | Should -Be 'Databases'
    }

    It 'takes names, rows and groups from the pipeline' {
        ('a', 'b' | New-MacSecurityGroup).Name | Should -Be 'a', 'b'
        $groups = 'Name,Description,Stateless', 'c,Third,True', 'd,,' | ConvertFrom-Csv | New-MacSecurityGroup
        "$($groups.Description)" | Should -Be 'Third '
        $groups.IsStateless | Should -Be $true, $false
        $null = New-TestStore
        ($groups | New-MacSecurityGroup).IsStateless | Should -Be $true, $false
    }

    It 'does nothing with -WhatIf' {
        New-MacSecurityGroup web -WhatIf | Should -BeNullOrEmpty
        (Get-MacStore).Revision | Should -Be 0
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a name used twice'; Id = 'SecurityGroupExists'; Category = 'ResourceExists'; Command = { New-MacSecurityGroup TAKEN } }
        @{ Case = 'no name'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { New-MacSecurityGroup '' } }
        @{ Case = 'a pattern'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { New-MacSecurityGroup web* } }
        @{ Case = 'a long name'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { New-MacSecurityGroup ('n' * 65) } }
        @{ Case = 'a long description'; Id = 'InvalidSecurityGroupDescription'; Category = 'InvalidArgument'; Command = { New-MacSecurityGroup web ('d' * 257) } }
        @{ Case = 'neither on nor off'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { [pscustomobject]@{ Name = 'web'; Stateless = 'maybe' } | New-MacSecurityGroup } }
    ) {
        $null = New-MacSecurityGroup taken
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        (Get-MacSecurityGroup).Name | Should -Be 'taken'
    }
}
