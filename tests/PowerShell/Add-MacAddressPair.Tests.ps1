BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacAddressPair' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64
        $null = New-MacInterface web-2 10 10.0.0.12/24
    }

    It 'allows two records one address with a MAC address of its own, as VRRP has it' {
        $pairs = Get-MacInterface web-* | Add-MacAddressPair -IPAddress 10.0.0.100 -MacAddress 00:00:5e:00:01:0a
        $pairs | ForEach-Object { $_ | Should -BeOfType MacSegmentation.InterfaceRecords.MacAddressPair }
        $pairs | ForEach-Object { "$($_.InterfaceName) $($_.VlanId) $($_.IPAddress) $($_.MacAddress) $($_.HasOwnMacAddress)" } |
            Should -Be 'web-1 10 10.0.0.100 00:00:5e:00:01:0a True', 'web-2 10 10.0.0.100 00:00:5e:00:01:0a True'
        "$((Get-MacInterface web-1).AddressPair)" | Should -Be '10.0.0.100 with 00:00:5e:00:01:0a'
        (Get-MacInterface -IPAddress 10.0.0.100).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface -MacAddress 00005E00010A).Name | Should -Be 'web-1', 'web-2'
    }

    It 'takes pairs from the pipeline: <Case>' -ForEach @(
        @{ Case = 'as they are'; Through = { $_ } }
        @{ Case = 'from a CSV file'; Through = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Case = 'from JSON'; Through = { $_ | Select-Object InterfaceName, @{ n = 'IPAddress'; e = { "$($_.IPAddress)" } }, @{ n = 'MacAddress'; e = { "$($_.MacAddress)" } }, HasOwnMacAddress | ConvertTo-Json | ConvertFrom-Json } }
    ) {
        $null = Add-MacAddressPair web-1 10.0.0.100 00:00:5e:00:01:0a
        $null = Add-MacAddressPair web-1 10.0.0.101
        $pairs = Get-MacAddressPair web-1 | ForEach-Object $Through
        $null = Get-MacAddressPair web-1 | Remove-MacAddressPair
        ($pairs | Add-MacAddressPair).ForEach({ "$_ $($_.HasOwnMacAddress)" }) | Should -Be '10.0.0.100 with 00:00:5e:00:01:0a True', '10.0.0.101 with 00:1a:2b:3c:40:00 False'
        ($pairs | Add-MacAddressPair -Interface web-2).ForEach({ "$_ $($_.HasOwnMacAddress)" }) | Should -Be '10.0.0.100 with 00:00:5e:00:01:0a True', '10.0.0.101 with 00:1a:2b:3c:40:01 False'
    }

    It 'takes rows that name a record and an address' {
        $rows = "Interface,IPAddress,MacAddress`nweb-1,10.0.0.100,00-00-5E-00-01-0A`nweb-2,10.0.0.101," | ConvertFrom-Csv
        ($rows | Add-MacAddressPair).ForEach({ "$($_.InterfaceName) $_" }) | Should -Be 'web-1 10.0.0.100 with 00:00:5e:00:01:0a', 'web-2 10.0.0.101 with 00:1a:2b:3c:40:01'
    }

    It 'does not share what another record has for itself, unless by force' {
        $failure = Get-MacError { Add-MacAddressPair web-1 10.0.0.12 }
        $failure.Id | Should -Be AddressPairTaken
        $failure.Message | Should -Match 'web-2'
        (Get-MacError { Add-MacAddressPair web-1 10.0.0.100 00:1a:2b:3c:40:01 }).Id | Should -Be AddressPairTaken
        "$(Add-MacAddressPair web-1 10.0.0.12 -Force)" | Should -Be '10.0.0.12 with 00:1a:2b:3c:40:00'
    }

    It 'takes the record''s own MAC address if none is given, and follows it' {
        $pair = Get-MacInterface web-1 | Add-MacAddressPair -IPAddress 10.0.0.100
        "$($pair.MacAddress) $($pair.HasOwnMacAddress)" | Should -Be '00:1a:2b:3c:40:00 False'
        Set-MacInterface web-1 -MacAddress 00:1a:2b:3c:41:00
        "$((Get-MacAddressPair web-1).MacAddress)" | Should -Be '00:1a:2b:3c:41:00'
    }

    It 'takes records and addresses by position, in arrays, of both families' {
        (Add-MacAddressPair web-1 10.0.0.100, fd00::100).IPAddress.IPAddressToString | Should -Be '10.0.0.100', 'fd00::100'
        (Add-MacAddressPair web-1, WEB-2 10.0.0.101 00-00-5E-00-01-0B).InterfaceName | Should -Be 'web-1', 'web-2'
        (Add-MacAddressPair (Get-MacInterface web-*) 10.0.0.102).InterfaceName | Should -Be 'web-1', 'web-2'
    }

    It 'takes records from the pipeline: <Case>' -ForEach @(
        @{ Case = 'names'; Records = { 'web-2' } }
        @{ Case = 'records'; Records = { Get-MacInterface web-2 } }
        @{ Case = 'address pairs'; Records = { Add-MacAddressPair web-2 10.0.0.7 } }
        @{ Case = 'the property Interface'; Records = { [pscustomobject]@{ Interface = 'web-2'; Name = 'other' } } }
        @{ Case = 'the property Name'; Records = { [pscustomobject]@{ Name = 'web-2'; IPAddress = '10.0.0.8' } } }
    ) {
        $pair = & $Records | Add-MacAddressPair -IPAddress 10.0.0.100
        "$($pair.InterfaceName) $($pair.IPAddress)" | Should -Be 'web-2 10.0.0.100'
    }

    It 'goes on after an address that is refused, in their order' {
        $seen = Add-MacAddressPair web-1 10.0.0.100, 10.1.0.1, 10.0.0.101 2>&1
        "$($seen[0].IPAddress)" | Should -Be '10.0.0.100'
        $seen[1].FullyQualifiedErrorId | Should -BeLike 'AddressOutsideSubnet,*'
        "$($seen[2].IPAddress)" | Should -Be '10.0.0.101'
    }

    It 'allows 64 pairs and no more' {
        Add-MacAddressPair web-1 (100..163 | ForEach-Object { "10.0.0.$_" }) | Should -HaveCount 64
        $failure = Get-MacError { Add-MacAddressPair web-1 10.0.0.164 }
        $failure.Id | Should -Be 'TooManyAddressPairs'
        $failure.Category | Should -Be 'LimitsExceeded'
        $failure.Message | Should -BeLike '*Remove-MacAddressPair first.'
    }

    It 'does nothing with -WhatIf' {
        $revision = (Get-MacStore).Revision
        Get-MacInterface | Add-MacAddressPair -IPAddress 10.0.0.100 -WhatIf | Should -BeNullOrEmpty
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a prefix'; Id = 'AddressPairIsPrefix'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.0.0/24 } }
        @{ Case = 'a prefix of one address'; Id = 'AddressPairIsPrefix'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.0.100/32 } }
        @{ Case = 'an address outside the subnet'; Id = 'AddressOutsideSubnet'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.1.100 } }
        @{ Case = 'an address of a family that the record has not'; Id = 'AddressOutsideSubnet'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-2 fd00::100 } }
        @{ Case = 'a record without fixed addresses'; Id = 'AddressOutsideSubnet'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair bare 10.0.0.100 } }
        @{ Case = 'the subnet''s broadcast address'; Id = 'InvalidIPAddress'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.0.255 } }
        @{ Case = 'no address'; Id = 'InvalidIPAddress'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 '' } }
        @{ Case = 'three octets'; Id = 'InvalidIPAddress'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.100 } }
        @{ Case = 'a pair that is there'; Id = 'AddressPairExists'; Category = 'ResourceExists'; Command = { Add-MacAddressPair web-1 10.0.0.99 } }
        @{ Case = 'a pair given twice'; Id = 'AddressPairExists'; Category = 'ResourceExists'; Command = { Add-MacAddressPair web-1 10.0.0.99 -MacAddress 00:1a:2b:3c:40:00 } }
        @{ Case = 'its own fixed address'; Id = 'AddressPairExists'; Category = 'ResourceExists'; Command = { Add-MacAddressPair web-1 10.0.0.11 } }
        @{ Case = 'a group address as MAC'; Id = 'GroupAddressNotAllowed'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.0.100 01:00:5e:00:00:12 } }
        @{ Case = 'zeros as MAC'; Id = 'ZeroAddressNotAllowed'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair web-1 10.0.0.100 00:00:00:00:00:00 } }
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacAddressPair web-3 10.0.0.100 } }
        @{ Case = 'no record'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Add-MacAddressPair '' 10.0.0.100 } }
        @{ Case = 'no MAC address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacAddressPair web-1 10.0.0.100 x } }
    ) {
        $null = Add-MacAddressPair web-1 10.0.0.99
        $null = New-MacInterface bare 10
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        Get-MacAddressPair | Should -HaveCount 1
    }

    It 'completes records, and addresses that others use' {
        $null = Add-MacAddressPair web-1 10.0.0.100 00:00:5e:00:01:0a
        (Complete-Line 'Add-MacAddressPair -Interface ').CompletionText | Should -Be 'web-1', 'web-2'
        $addresses = Complete-Line 'Add-MacAddressPair web-2 -IPAddress 10.'
        $addresses.CompletionText | Should -Be '10.0.0.11', '10.0.0.12', '10.0.0.100'
        $addresses[2].ToolTip | Should -Be 'web-1 in VLAN 10'
        (Complete-Line 'Add-MacAddressPair web-2 10.0.0.100 -MacAddress 00:00').CompletionText | Should -Be '00:00:5e:00:01:0a'
    }
}
