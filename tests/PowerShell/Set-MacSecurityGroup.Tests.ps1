BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacSecurityGroup' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacSecurityGroup web -Description servers
        $null = New-MacInterface web-1 10
        Add-MacSecurityGroupMember web -Interface web-1
    }

    It 'renames a group, and describes it' {
        (Set-MacSecurityGroup web -NewName front -PassThru).Name | Should -Be front
        (Get-MacSecurityGroup front).Member | Should -Be web-1
        (Get-MacInterface web-1).SecurityGroup | Should -Be front
        Get-MacSecurityGroup | Set-MacSecurityGroup -Description 'the front'
        (Get-MacSecurityGroup).Description | Should -Be 'the front'
    }

    It 'does nothing with -WhatIf' {
        Set-MacSecurityGroup web -NewName front -WhatIf
        (Get-MacSecurityGroup).Name | Should -Be web
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacSecurityGroup x -NewName y } }
        @{ Case = 'nothing to change'; Id = 'NothingToChange'; Category = 'InvalidArgument'; Command = { Set-MacSecurityGroup web } }
        @{ Case = 'a pattern as its name'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Set-MacSecurityGroup web -NewName w* } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }
}
