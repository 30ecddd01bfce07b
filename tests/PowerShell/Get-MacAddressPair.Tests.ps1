BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64
    $null = New-MacInterface web-2 10 10.0.0.12/24
    $null = New-MacInterface db-1 20 10.0.0.13/24
    $null = Get-MacInterface web-* | Add-MacAddressPair -IPAddress 10.0.0.100 -MacAddress 00:00:5e:00:01:0a
    $null = Add-MacAddressPair web-1 fd00::100
    $null = Add-MacAddressPair db-1 10.0.0.100
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacAddressPair' {
    BeforeAll {
        function Get-Text([object[]] $Pairs) { "$($Pairs.ForEach({ "$($_.InterfaceName)/$($_.IPAddress)" }))" }
    }

    It 'lists all pairs, or those of records' {
        Get-MacAddressPair | Should -HaveCount 4
        Get-Text (Get-MacAddressPair web-1) | Should -Be 'web-1/10.0.0.100 web-1/fd00::100'
        Get-Text (Get-MacAddressPair WEB-2, db-*) | Should -Be 'web-2/10.0.0.100 db-1/10.0.0.100'
        Get-MacAddressPair none-* | Should -BeNullOrEmpty
    }

    It 'lists who may use an address, in a VLAN or in any' {
        (Get-MacAddressPair -IPAddress 10.0.0.100).InterfaceName | Sort-Object | Should -Be 'db-1', 'web-1', 'web-2'
        (Get-MacAddressPair -IPAddress 10.0.0.100 -VlanId 10).InterfaceName | Should -Be 'web-1', 'web-2'
        Get-Text (Get-MacAddressPair web-* -IPAddress FD00:0::100, 10.0.0.1) | Should -Be 'web-1/fd00::100'
        Get-MacAddressPair -IPAddress 10.0.0.11 | Should -BeNullOrEmpty -Because 'a fixed address is no pair'
    }

    It 'takes names, records, pairs and VLANs from the pipeline' {
        Get-Text ('web-2', 'db-1' | Get-MacAddressPair) | Should -Be 'web-2/10.0.0.100 db-1/10.0.0.100'
        Get-Text (Get-MacInterface web-2 | Get-MacAddressPair) | Should -Be 'web-2/10.0.0.100'
        Get-MacAddressPair web-2 | Get-MacAddressPair | Should -HaveCount 1
        Get-MacVlan 10 | Get-MacAddressPair | Should -HaveCount 3
    }

    It 'binds to Get-MacInterface' {
        (Get-MacAddressPair -IPAddress fd00::100 | Get-MacInterface).Name | Should -Be 'web-1'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacAddressPair web-3 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacAddressPair -VlanId 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacAddressPair -VlanId 0 } }
        @{ Case = 'a prefix'; Id = 'InvalidIPAddress'; Category = 'InvalidArgument'; Command = { Get-MacAddressPair -IPAddress 10.0.0.0/24 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'shows its addresses in a table' {
        Get-MacAddressPair web-2 | Out-String -Width 120 | Should -Match '(?m)^web-2 +10 10\.0\.0\.100 +00:00:5e:00:01:0a True'
    }

    It 'completes records, addresses and VLANs' {
        (Complete-Line 'Get-MacAddressPair -Interface w').CompletionText | Should -Be 'web-1', 'web-2'
        (Complete-Line 'Get-MacAddressPair -VlanId ').CompletionText | Should -Be '10', '20'
        $addresses = Complete-Line 'Get-MacAddressPair -IPAddress '
        $addresses.CompletionText | Should -Be '10.0.0.100', 'fd00::100'
        $addresses[1].ToolTip | Should -Be 'web-1'
        (Complete-Line 'Get-MacAddressPair -Interface web-2 -IPAddress ').CompletionText | Should -Be '10.0.0.100'
        (Complete-Line 'Get-MacAddressPair -VlanId 20 -IPAddress ').ToolTip | Should -Be 'db-1'
    }
}
