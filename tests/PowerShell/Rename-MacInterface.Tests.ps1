BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Rename-MacInterface' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface nic-1 10 10.0.0.1/24
    }

    It 'renames a record, and what names it' {
        $null = New-MacSecurityGroup web
        Get-MacInterface | Add-MacSecurityGroupMember web
        (Get-MacInterface | Rename-MacInterface -NewName nic-2 -PassThru).Name | Should -Be nic-2
        (Get-MacSecurityGroup web).Member | Should -Be nic-2
        (Get-MacInterface nic-2).InstanceId | Should -Be nic-1
    }

    It 'does nothing with -WhatIf' {
        Rename-MacInterface nic-1 nic-2 -WhatIf
        (Get-MacInterface).Name | Should -Be nic-1
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Rename-MacInterface nic-9 x } }
        @{ Case = 'a reserved name'; Id = 'InterfaceNameReserved'; Category = 'InvalidArgument'; Command = { Rename-MacInterface nic-1 uplink } }
        @{ Case = 'a pattern as its name'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Rename-MacInterface nic-1 nic-* } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes records' {
        (Complete-Line 'Rename-MacInterface ').CompletionText | Should -Contain 'nic-1'
    }
}
