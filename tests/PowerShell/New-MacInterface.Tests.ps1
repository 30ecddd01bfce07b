BeforeAll {
    . $PSScriptRoot/Support.ps1
    enum OnOffState { On; Off }
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacInterface' {
    BeforeEach {
        New-ExampleStore
    }

    It 'creates a record with the next address of the VLAN''s pool' {
        $record = New-MacInterface web-1 -VlanId 10 -IPAddress 10.0.0.11/24 -InstanceId vm-1
        $record | Should -BeOfType MacSegmentation.InterfaceRecords.MacInterface
        "$($record.Name) $($record.VlanId) $($record.MacAddress) $($record.IPAddress) $($record.InstanceId)" |
            Should -Be 'web-1 10 00:1a:2b:3c:40:00 10.0.0.11/24 vm-1'
        "$($record.PortSecurity) $($record.DhcpGuard) $($record.RouterGuard) $($record.ArpRateLimit)" | Should -Be 'True True True 15'
        $record.VMName | Should -Be 'vm-1'
        $record.StaticMacAddress | Should -BeExactly '001A2B3C4000'
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1'
        (Get-MacInterface web-1 | Out-String) | Should -Be ($record | Out-String)
    }

    It 'lets in what is permitted beside IP and ARP, and questions within limits: 15 a second unless said otherwise' {
        $record = New-MacInterface web-1 10 -DhcpRateLimit 3 -RsRateLimit 0 -PermittedEtherType 0x88cc, llc, 88CC
        "$($record.DhcpRateLimit) $($record.RsRateLimit) $($record.PermittedEtherType)" | Should -Be '3 0 Llc 0x88cc'
        $plain = New-MacInterface web-2 10
        "$($plain.DhcpRateLimit) $($plain.RsRateLimit) $($plain.PermittedEtherType.Count)" | Should -Be '15 15 0'
        (New-MacInterface web-3 10 -PermittedEtherType any, 0x88cc).PermittedEtherType | Should -Be 'Any'
        $type = 0x88cc
        (New-MacInterface web-4 10 -PermittedEtherType $type).PermittedEtherType | Should -Be '0x88cc'
    }

    It 'creates one with every setting' {
        $record = New-MacInterface -Name web-2 -VlanId 10 -IPAddress 10.0.0.12/24, fd00::12/64 -MacAddress 00-15-5D-01-02-03 `
            -PortSecurity $false -DhcpGuard $false -RouterGuard $false -ArpRateLimit 100
        "$($record.MacAddress) $($record.IPAddress) $($record.InstanceId)" | Should -Be '00:15:5d:01:02:03 10.0.0.12/24 fd00::12/64 web-2'
        "$($record.PortSecurity) $($record.DhcpGuard) $($record.RouterGuard) $($record.ArpRateLimit)" | Should -Be 'False False False 100'
        Get-MacAllocation | Should -BeNullOrEmpty -Because 'the address is in no pool'
    }

    It 'takes name, VLAN and addresses by position, and needs no fixed address' {
        "$((New-MacInterface web-1 10 10.0.0.11/24).IPAddress)" | Should -Be '10.0.0.11/24'
        (New-MacInterface web-2 10).IPAddress | Should -HaveCount 0
    }

    It 'takes names from the pipeline' {
        ('web-1', 'web-2' | New-MacInterface -VlanId 10).Name | Should -Be 'web-1', 'web-2'
    }

    It 'takes rows of a CSV file, empty cells included' {
        $records = @'
Name,VlanId,IPAddress,MacAddress,VMName,PortSecurity,DhcpGuard,RouterGuard,ArpRateLimit
web-1,10,"10.0.0.11/24, fd00::11/64",001A.2B3C.4100,vm-1,True,off,0,50
web-2,20,"","","","","","",""
web-3,20
'@ | ConvertFrom-Csv | New-MacInterface
        $records | ForEach-Object { "$($_.Name) $($_.VlanId) $($_.IPAddress -join ',') $($_.MacAddress) $($_.InstanceId) $($_.PortSecurity) $($_.DhcpGuard) $($_.RouterGuard) $($_.ArpRateLimit)" } |
            Should -Be 'web-1 10 10.0.0.11/24,fd00::11/64 00:1a:2b:3c:41:00 vm-1 True False False 50',
            'web-2 20  02:00:5e:10:00:00 web-2 True True True 15', 'web-3 20  02:00:5e:10:00:01 web-3 True True True 15'
    }

    It 'takes network adapters of Hyper-V: On is on, although its number is 0' {
        $adapter = [pscustomobject]@{
            Name = 'Network Adapter'; VMName = 'vm-7'; MacAddress = '00155D010203'; DhcpGuard = [OnOffState]::On; RouterGuard = [OnOffState]::Off; IPAddresses = @('10.0.0.7')
        }
        $record = $adapter | New-MacInterface -VlanId 10 -Name { "$($_.VMName)-eth0" }
        "$($record.Name) $($record.InstanceId) $($record.MacAddress) $($record.DhcpGuard) $($record.RouterGuard)" | Should -Be 'vm-7-eth0 vm-7 00:15:5d:01:02:03 True False'
        ([pscustomobject]@{ Name = 'vm-8' } | New-MacInterface -VlanId 10).InstanceId | Should -Be 'vm-8'
    }

    It 'names records of Hyper-V''s adapters by machine and adapter, and finds them so' {
        $adapters = 'vm-7', 'vm-8' | ForEach-Object {
            [pscustomobject]@{ Name = 'Network Adapter'; VMName = $_; MacAddress = '00155D01020{0}' -f $_[-1]; IsManagementOs = $false }
        }
        ($adapters | New-MacInterface -VlanId 10).Name | Should -Be 'vm-7/Network Adapter', 'vm-8/Network Adapter'
        ($adapters[0] | Get-MacInterface).InstanceId | Should -Be 'vm-7'
        $adapters[1] | Remove-MacInterface -Force
        (Get-MacInterface).Name | Should -Be 'vm-7/Network Adapter'
        ([pscustomobject]@{ Name = 'host'; VMName = $null; MacAddress = '00155D010209'; IsManagementOs = $true } | New-MacInterface -VlanId 10).Name | Should -Be host
    }

    It 'has no record called as the port to other switches' {
        (Get-MacError { New-MacInterface Uplink 10 }).Id | Should -Be InterfaceNameReserved
    }

    It 'takes allocations: the instance''s own address' {
        $allocation = New-MacAllocation 10 vm-1
        $record = $allocation | New-MacInterface -Name { "$($_.InstanceId)-eth0" } -IPAddress 10.0.0.11/24
        "$($record.VlanId) $($record.MacAddress) $($record.InstanceId) $($record.HoldsAllocation)" | Should -Be "10 $($allocation.MacAddress) vm-1 False"
        Get-MacAllocation | Should -HaveCount 1
    }

    It 'takes what Get-MacInterface gives' {
        $records = (New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64 -RouterGuard $false), (New-MacInterface web-2 20 -ArpRateLimit 0)
        New-ExampleStore
        ($records | New-MacInterface | Out-String) | Should -Be ($records | Out-String)
    }

    It 'creates a thousand records in few transactions' {
        $before = (Get-MacStore).Revision
        1..1000 | ForEach-Object { "web-$_" } | New-MacInterface -VlanId 20 | Should -HaveCount 1000
        (Get-MacStore).Revision - $before | Should -BeLessThan 200
    }

    It 'goes on after a record that fails, in the records'' order' {
        $seen = 'web-1', 'web-1', 'web-3' | New-MacInterface -VlanId 10 2>&1
        $seen[0].Name | Should -Be 'web-1'
        $seen[1].FullyQualifiedErrorId | Should -BeLike 'InterfaceExists,*'
        $seen[2].Name | Should -Be 'web-3'
    }

    It 'does nothing with -WhatIf' {
        'web-1', 'web-2' | New-MacInterface -VlanId 10 -WhatIf | Should -BeNullOrEmpty
        Get-MacInterface | Should -BeNullOrEmpty
        Get-MacAllocation | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no name'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { New-MacInterface '' 10 } }
        @{ Case = 'a pattern for a name'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { New-MacInterface web-* 10 } }
        @{ Case = 'a long name'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { New-MacInterface ('n' * 65) 10 } }
        @{ Case = 'a name used twice'; Id = 'InterfaceExists'; Category = 'ResourceExists'; Command = { New-MacInterface TAKEN 20 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { New-MacInterface web-1 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 0 } }
        @{ Case = 'a long instance'; Id = 'InvalidInstanceId'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -InstanceId ('i' * 257) } }
        @{ Case = 'a negative ARP limit'; Id = 'InvalidArpRateLimit'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -ArpRateLimit -1 } }
        @{ Case = 'a DHCP limit of a billion'; Id = 'InvalidDhcpRateLimit'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -DhcpRateLimit 1000000000 } }
        @{ Case = 'a negative limit of router solicitations'; Id = 'InvalidRsRateLimit'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -RsRateLimit -1 } }
        @{ Case = 'IPv4 as a permitted type'; Id = 'InvalidEtherType'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -PermittedEtherType 0x0800 } }
        @{ Case = 'a name as a permitted type'; Id = 'InvalidEtherType'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -PermittedEtherType lldp } }
        @{ Case = 'an address without a prefix length'; Id = 'InvalidInterfaceAddress'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 10.0.0.11 } }
        @{ Case = 'the network''s own address'; Id = 'InvalidInterfaceAddress'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 10.0.0.0/24 } }
        @{ Case = 'an address of three octets'; Id = 'InvalidInterfaceAddress'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 10.0.1/24 } }
        @{ Case = 'an address given twice'; Id = 'DuplicateIPAddress'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 10.0.0.11/24, 10.0.0.11/16 } }
        @{ Case = 'a fixed address of another record'; Id = 'IPAddressTaken'; Category = 'ResourceExists'; Command = { New-MacInterface web-1 10 10.0.0.9/16 } }
        @{ Case = 'a group address as MAC'; Id = 'GroupAddressNotAllowed'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -MacAddress 01:00:5e:00:00:01 } }
        @{ Case = 'zeros as MAC'; Id = 'ZeroAddressNotAllowed'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -MacAddress 000000000000 } }
        @{ Case = 'a MAC address of another record'; Id = 'InterfaceAddressTaken'; Category = 'ResourceExists'; Command = { New-MacInterface web-1 10 -MacAddress 00:15:5d:00:00:09 } }
        @{ Case = 'another machine''s address'; Id = 'AddressAllocated'; Category = 'ResourceExists'; Command = { New-MacInterface web-1 20 -MacAddress 02:00:5e:10:00:00 } }
        @{ Case = 'another VLAN''s address'; Id = 'AddressNotInPool'; Category = 'InvalidArgument'; Command = { New-MacInterface web-1 10 -MacAddress 02:00:5e:10:00:07 } }
        @{ Case = 'an exhausted pool'; Id = 'PoolExhausted'; Category = 'LimitsExceeded'; Command = { New-MacInterface web-1 40 } }
        @{ Case = 'five octets'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacInterface web-1 10 -MacAddress 00:1a:2b:3c:40 } }
        @{ Case = 'text for a VLAN'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacInterface web-1 cameras } }
        @{ Case = 'half a limit'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacInterface web-1 10 -ArpRateLimit 2.5 } }
        @{ Case = 'neither on nor off'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacInterface web-1 10 -PortSecurity maybe } }
        @{ Case = 'an object without a name'; Id = 'InputObjectNotBound'; Category = 'InvalidArgument'; Command = { [pscustomobject]@{ Host = 'h' } | New-MacInterface -VlanId 10 } }
    ) {
        $null = New-MacInterface taken 10 10.0.0.9/24 -MacAddress 00:15:5d:00:00:09
        $null = New-MacVlan 40
        $null = New-MacAllocation 20 vm-9
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        if ($Id -ne 'InputObjectNotBound') {
            $failure.Message | Should -Match '\.$'
        }
        (Get-MacInterface).Name | Should -Be 'taken'
    }

    It 'completes VLANs, machines, settings and addresses that are allocated and no interface has' {
        $null = New-MacAllocation 10 vm-1
        $null = New-MacInterface other 10 -InstanceId vm-2
        (Complete-Line 'New-MacInterface web-1 -VlanId ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'New-MacInterface web-1 -VlanId 10 -VMName ').CompletionText | Should -Be 'vm-1', 'vm-2'
        (Complete-Line 'New-MacInterface web-1 -VlanId 10 -MacAddress ').CompletionText | Should -Be '00:1a:2b:3c:40:00'
        (Complete-Line 'New-MacInterface web-1 -VlanId 10 -PortSecurity ').CompletionText | Should -Be '$true', '$false'
    }
}

Describe 'New-MacInterface -Tag' {
    BeforeEach {
        New-ExampleStore
    }

    It 'takes <Name> for <Kind> <Text>' -ForEach @(
        @{ Name = 'a text'; Value = 'prod'; Kind = 'Text'; Text = 'prod' }
        @{ Name = 'a text of digits'; Value = '42'; Kind = 'Text'; Text = '"42"' }
        @{ Name = 'a text of JSON'; Value = '{"a":1}'; Kind = 'Text'; Text = '"{\"a\":1}"' }
        @{ Name = 'a text in brackets'; Value = '[draft]'; Kind = 'Text'; Text = '"[draft]"' }
        @{ Name = 'a number'; Value = 42; Kind = 'Number'; Text = '42' }
        @{ Name = 'a large number'; Value = [long]::MinValue; Kind = 'Number'; Text = '-9223372036854775808' }
        @{ Name = 'a hashtable'; Value = @{ tier = 'web' }; Kind = 'Json'; Text = '{"tier":"web"}' }
        @{ Name = 'an ordered one'; Value = [ordered]@{ z = 1; a = $true }; Kind = 'Json'; Text = '{"a":true,"z":1}' }
        @{ Name = 'a nested one'; Value = @{ a = @{ b = 1, 'x', $null }; c = 1.5; d = @(, @(1)) }; Kind = 'Json'; Text = '{"a":{"b":[1,"x",null]},"c":1.5,"d":[[1]]}' }
        @{ Name = 'an object of ConvertFrom-Json'; Value = ('{"at":{"rack":7},"l":[]}' | ConvertFrom-Json); Kind = 'Json'; Text = '{"at":{"rack":7},"l":[]}' }
        @{ Name = 'an object of a script'; Value = [pscustomobject]@{ tier = 'web' }; Kind = 'Json'; Text = '{"tier":"web"}' }
        @{ Name = 'a date in one'; Value = @{ until = [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc) }; Kind = 'Json'; Text = '{"until":"2026-01-02T03:04:05.0000000Z"}' }
        @{ Name = 'a saved object of a script'; Value = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ tier = 'web' })); Kind = 'Json'; Text = '{"tier":"web"}' }
        @{ Name = 'a tag'; Value = [MacSegmentation.Tags.MacTag]::OfText('x'); Kind = 'Text'; Text = 'x' }
    ) {
        $tags = (New-MacInterface web-1 10 -Tag $Value).Tag
        $tags.Count | Should -Be 1
        "$($tags[0].Kind) $($tags[0])" | Should -BeExactly "$Kind $Text"
    }

    It 'takes a text that is a JSON array, as CSV has it, for a list of tags' {
        (New-MacInterface web-1 10 -Tag '["prod", 42, "42", {"a": 1}, ["x"]]').Tag.ForEach({ "$($_.Kind) $_" }) |
            Should -Be 'Text "42"', 'Text prod', 'Number 42', 'Json ["x"]', 'Json {"a":1}'
    }

    It 'keeps each tag once' {
        (New-MacInterface web-1 10 -Tag prod, prod, @{ a = 1; b = 2 }, ([ordered]@{ b = 2; a = 1 })).Tag.Count | Should -Be 2
    }

    It 'refuses <Name> with a sentence' -ForEach @(
        @{ Name = 'NaN'; Value = @{ load = [double]::NaN }; Says = '*NaN is no number in JSON*' }
        @{ Name = 'infinity'; Value = @{ load = [double]::PositiveInfinity }; Says = '*is no number in JSON*' }
        @{ Name = 'a fraction'; Value = 1.5; Says = "*1.5 is no tag*whole*" }
        @{ Name = 'a truth'; Value = $true; Says = '*$true is no tag*' }
        @{ Name = 'too large a number'; Value = [ulong]::MaxValue; Says = '*too large*' }
        @{ Name = 'a number that is not exact'; Value = @{ n = 9007199254740993 }; Says = '*cannot be told from its neighbours*' }
        @{ Name = 'an object of another kind'; Value = [Text.StringBuilder]::new('x'); Says = '*StringBuilder is no tag*' }
        @{ Name = 'a saved object of another kind'; Value = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([Text.StringBuilder]::new('x'))); Says = '*Deserialized.System.Text.StringBuilder is no tag*' }
        @{ Name = 'half a character'; Value = [string][char] 0xD800; Says = '*valid Unicode*' }
        @{ Name = 'half a character in a member'; Value = @{ a = [string][char] 0xD800 }; Says = '*valid Unicode*' }
        @{ Name = 'a control character'; Value = "a`n"; Says = '*no control characters*' }
        @{ Name = 'a list with what is none'; Value = '[true]'; Says = '*true is no tag*' }
        @{ Name = 'too much'; Value = 'x' * 9000; Says = '*the most are 8,192*' }
    ) {
        $failure = Get-MacError { New-MacInterface web-1 10 -Tag $Value }
        $failure.Id | Should -Be ParameterArgumentTransformationError
        $failure.Message | Should -BeLike $Says
    }

    It 'refuses a hashtable that has itself in it' {
        $ring = @{}
        $ring.me = $ring
        (Get-MacError { New-MacInterface web-1 10 -Tag $ring }).Message | Should -BeLike '*nested deeper than 32 levels*'
    }

    It 'refuses more than 64' {
        (Get-MacError { New-MacInterface web-1 10 -Tag (1..65) }).Id | Should -Be TooManyTags
    }
}
