BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Move-MacInterface' {
    BeforeEach {
        New-ExampleStore
        $null = 'web-1', 'web-2', 'db-1' | New-MacInterface -VlanId 10
    }

    It 'moves records by pattern, and gives their addresses back' {
        $moved = Move-MacInterface web-* -VlanId 20 -PassThru
        $moved.VlanId | Should -Be 20, 20
        "$($moved[0].MacAddress)" | Should -Be '02:00:5e:10:00:00'
        (Get-MacPool 10).Used | Should -Be 1
        (Get-MacPool 20).Used | Should -Be 2
        (Get-MacInterface db-1).VlanId | Should -Be 10
    }

    It 'moves all or nothing' {
        $null = New-MacVlan 30 -Range 02:00:5e:ff:00:00/48
        (Get-MacError { Get-MacInterface | Move-MacInterface -VlanId 30 }).Id | Should -Be PoolExhausted
        (Get-MacInterface).VlanId | Should -Be 10, 10, 10
    }

    It 'keeps an address that lies in no pool' {
        $null = New-MacInterface free 10 -MacAddress 06:00:00:00:00:01
        Move-MacInterface free -VlanId 20 -KeepAddress
        "$((Get-MacInterface free).MacAddress)" | Should -Be '06:00:00:00:00:01'
    }

    It 'does nothing with -WhatIf' {
        Move-MacInterface * -VlanId 20 -WhatIf
        (Get-MacInterface).VlanId | Should -Be 10, 10, 10
        (Get-MacPool 20).Used | Should -Be 0
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Move-MacInterface nic-9 -VlanId 20 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Move-MacInterface web-1 -VlanId 40 } }
        @{ Case = 'an address of the old pool'; Id = 'AddressNotInPool'; Category = 'InvalidArgument'; Command = { Move-MacInterface web-1 -VlanId 20 -KeepAddress } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes records and VLANs' {
        (Complete-Line 'Move-MacInterface ').CompletionText | Should -Contain 'web-1'
        (Complete-Line 'Move-MacInterface web-1 -VlanId ').CompletionText | Should -Contain '20'
    }
}
