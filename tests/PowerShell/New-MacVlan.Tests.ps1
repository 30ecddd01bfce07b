BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacVlan' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'takes a reuse delay in seconds, or with its unit: <Given>' -ForEach @{ Given = 300 }, @{ Given = '5m' }, @{ Given = '00:05:00' }, @{ Given = [timespan] '00:05:00' } {
        (New-MacVlan 41 -ReuseDelay $Given).ReuseDelay | Should -Be ([timespan] '00:05:00')
    }

    It 'creates a VLAN from a first and a last address' {
        $vlan = New-MacVlan 10 -RangeStart 00:1A:2B:3C:40:00 -RangeEnd 00:1A:2B:3C:4F:FF -Name cameras -DefaultAction Deny -ReuseDelay 00:10:00
        $vlan | Should -BeOfType MacSegmentation.Vlans.MacVlan
        $vlan.VlanId | Should -Be 10
        $vlan.Name | Should -Be 'cameras'
        "$($vlan.Ranges)" | Should -Be '00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff'
        $vlan.DefaultAction | Should -Be 'Deny'
        $vlan.ReuseDelay | Should -Be ([timespan]'00:10:00')
        (Get-MacVlan 10).Name | Should -Be 'cameras'
    }

    It 'creates a VLAN from ranges in every form: <Range>' -ForEach @(
        @{ Range = '02-00-5E-10-00-00/32'; First = '02:00:5e:10:00:00'; Last = '02:00:5e:10:ff:ff' }
        @{ Range = '02:00:5e:10:00:00-02:00:5e:10:00:0f'; First = '02:00:5e:10:00:00'; Last = '02:00:5e:10:00:0f' }
        @{ Range = '0200.5e10.0000-0200.5e10.000f'; First = '02:00:5e:10:00:00'; Last = '02:00:5e:10:00:0f' }
        @{ Range = '02005E100000'; First = '02:00:5e:10:00:00'; Last = '02:00:5e:10:00:00' }
    ) {
        $vlan = New-MacVlan 20 -Range $Range
        "$($vlan.Ranges[0].First)" | Should -Be $First
        "$($vlan.Ranges[0].Last)" | Should -Be $Last
    }

    It 'takes several ranges, or none, or one of one address' {
        (New-MacVlan 1 -Range 02-00-00-00-00-00/40, 02-00-00-00-02-00/40).Ranges | Should -HaveCount 2
        (New-MacVlan 4094).Ranges | Should -HaveCount 0
        (New-MacVlan 2 -RangeStart 02:00:00:00:05:00 -RangeEnd 02:00:00:00:05:00).Ranges.Count | Should -Be 1
    }

    It 'creates a pool of 2^40 addresses as it does a small one' {
        (New-MacVlan 10 -Range 02-00-00-00-00-00/8).Ranges[0].Count | Should -Be ([math]::Pow(2, 40))
        "$((New-MacAllocation 10 vm-1).MacAddress)" | Should -Be '02:00:00:00:00:00'
    }

    It 'takes VLANs from the pipeline, by property name' {
        $vlans = @'
VlanId,Name,RangeStart,RangeEnd
10,cameras,00:1a:2b:3c:40:00,00:1a:2b:3c:4f:ff
20,plc,02:00:5e:10:00:00,02:00:5e:10:ff:ff
'@ | ConvertFrom-Csv | New-MacVlan
        $vlans.VlanId | Should -Be 10, 20
        $vlans.Name | Should -Be 'cameras', 'plc'
        $vlans[1].Ranges | Should -HaveCount 1
    }

    It 'turns the ARP responder on, off unless asked' {
        (New-MacVlan 10 -ArpResponder).ArpResponder | Should -BeTrue
        (New-MacVlan 20).ArpResponder | Should -BeFalse
        $vlans = 'VlanId,ArpResponder', '30,True', '31,off', '32,', '33,""' | ConvertFrom-Csv | New-MacVlan
        $vlans.ArpResponder | Should -Be $true, $false, $false, $false
        (Get-MacVlan).ArpResponder | Should -Be $true, $false, $true, $false, $false, $false
    }

    It 'takes what Get-MacVlan and a configuration document give' {
        $vlans = (Get-Content $ExampleConfiguration -Raw | ConvertFrom-Json).vlans | New-MacVlan
        $null = New-TestStore
        ($vlans | New-MacVlan | Out-String) | Should -Be ($vlans | Out-String)
    }

    It 'does nothing with -WhatIf' {
        New-MacVlan 10 -Range 02-00-5E-10-00-00/32 -WhatIf | Should -BeNullOrEmpty
        (Get-MacStore).Revision | Should -Be 0
    }

    It 'admits out-of-pool addresses if asked, also by property name' {
        (New-MacVlan 10 -OutOfPoolAddress).AdmitsOutOfPoolAddresses | Should -BeTrue
        (New-MacVlan 11).AdmitsOutOfPoolAddresses | Should -BeFalse
        (New-MacVlan 16 -ForeignAddress).AdmitsForeignAddresses | Should -BeTrue -Because 'these are the former names'
        ([pscustomobject]@{ VlanId = 17; AdmitsForeignAddresses = $true } | New-MacVlan).AdmitsOutOfPoolAddresses | Should -BeTrue
        (Set-MacVlan 17 -ForeignAddress $false -PassThru).AdmitsOutOfPoolAddresses | Should -BeFalse
        ("VlanId,OutOfPoolAddress`n12,on`n13,`n14,false" | ConvertFrom-Csv | New-MacVlan).AdmitsOutOfPoolAddresses | Should -Be $true, $false, $false
        ([pscustomobject]@{ VlanId = 15; AdmitsOutOfPoolAddresses = $true } | New-MacVlan).AdmitsOutOfPoolAddresses | Should -BeTrue
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { New-MacVlan 0 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { New-MacVlan 4095 } }
        @{ Case = 'VLAN -1'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { New-MacVlan -VlanId -1 } }
        @{ Case = 'a VLAN that exists'; Id = 'VlanExists'; Category = 'ResourceExists'; Command = { New-MacVlan 99 } }
        @{ Case = 'a long name'; Id = 'InvalidVlanName'; Category = 'InvalidArgument'; Command = { New-MacVlan 10 -Name ('n' * 65) } }
        @{ Case = 'a negative delay'; Id = 'InvalidReuseDelay'; Category = 'InvalidArgument'; Command = { New-MacVlan 10 -ReuseDelay -00:00:01 } }
        @{ Case = 'reversed ends'; Id = 'ReversedRange'; Category = 'InvalidArgument'; Command = { New-MacVlan 10 -RangeStart 02:00:00:00:00:02 -RangeEnd 02:00:00:00:00:01 } }
        @{ Case = 'a group address'; Id = 'GroupAddressInRange'; Category = 'InvalidArgument'; Command = { New-MacVlan 10 -Range 01-00-5E-00-00-00/24 } }
        @{ Case = 'broadcast'; Id = 'GroupAddressInRange'; Category = 'InvalidArgument'; Command = { New-MacVlan 10 -Range ff-ff-ff-ff-ff-ff } }
        @{ Case = 'zeros'; Id = 'ZeroAddressInRange'; Category = 'InvalidArgument'; Command = { New-MacVlan 10 -Range 00-00-00-00-00-00/40 } }
        @{ Case = 'a range of another VLAN'; Id = 'RangeOverlap'; Category = 'ResourceExists'; Command = { New-MacVlan 10 -Range 02-00-00-00-00-80 } }
        @{ Case = 'ranges that overlap'; Id = 'RangeOverlap'; Category = 'ResourceExists'; Command = { New-MacVlan 10 -Range 02-00-00-01-00-00/40, 02-00-00-01-00-80/44 } }
        @{ Case = 'text'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacVlan cameras } }
        @{ Case = 'half a VLAN'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacVlan 10.5 } }
        @{ Case = 'five octets'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacVlan 10 -RangeStart 02:00:00:00:01 -RangeEnd 02:00:00:00:00:02 } }
        @{ Case = 'seven octets'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacVlan 10 -Range 02:00:00:00:00:01:02 } }
        @{ Case = 'a reversed range'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacVlan 10 -Range 02:00:00:00:00:02-02:00:00:00:00:01 } }
        @{ Case = 'bits below the prefix'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacVlan 10 -Range 02-00-5E-10-00-01/32 } }
    ) {
        $null = New-MacVlan 99 -Range 02-00-00-00-00-00/40 -Name taken
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        (Get-MacVlan).VlanId | Should -Be 99
    }

    It 'names the VLAN and the range that a new one meets' {
        $null = New-MacVlan 99 -Range 02-00-00-00-00-00/40
        $failure = Get-MacError { New-MacVlan 10 -Range 02-00-00-00-00-80 }
        $failure.Message | Should -BeLike '*02:00:00:00:00:00-02:00:00:00:00:ff of VLAN 99*'
        "$($failure.Target)" | Should -Be '02:00:00:00:00:80-02:00:00:00:00:80'
    }

    It 'warns of ranges over addresses that protocols give out' {
        $vlan = New-MacVlan 10 -Range 02-BF-00-00-00-00/24, 00-00-5E-00-01-00/40, 0A-00-00-00-00-00/40 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 2
        "$warnings" | Should -Match 'VRRP.*-RemoveRange 00:00:5e:00:01:00-00:00:5e:00:01:ff.*Network Load Balancing'
        $vlan.SlapQuadrant | Should -Be None, AAI, ELI
        Set-MacVlan 10 -AddRange 00-07-B4-00-01-00/40 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match GLBP
        Set-MacVlan 10 -Name quiet -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'goes on after a wrong record, and says which it was' {
        $vlans = 10, 0, 30 | ForEach-Object { [pscustomobject]@{ VlanId = $_ } } | New-MacVlan -ErrorVariable failures -ErrorAction SilentlyContinue
        $vlans.VlanId | Should -Be 10, 30
        $failures | Should -HaveCount 1
        $failures[0].TargetObject | Should -Be 0
    }
}
