BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacVlan' {
    BeforeEach {
        New-ExampleStore
    }

    It 'changes what is given and leaves the rest' {
        Set-MacVlan 10 -Name cams | Should -BeNullOrEmpty
        Set-MacVlan 10 -DefaultAction Drop -ReuseDelay 01:00:00
        $vlan = Get-MacVlan 10
        $vlan.Name | Should -Be 'cams'
        $vlan.DefaultAction | Should -Be 'Drop'
        $vlan.ReuseDelay.TotalHours | Should -Be 1
        "$($vlan.Ranges)" | Should -Be '00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff'
    }

    It 'turns the ARP responder on and off' {
        (Set-MacVlan 10 -ArpResponder $true -PassThru).ArpResponder | Should -BeTrue
        (Set-MacVlan 10 -Name cams -PassThru).ArpResponder | Should -BeTrue
        (Set-MacVlan 10 -ArpResponder $false -PassThru).ArpResponder | Should -BeFalse
    }

    It 'takes a name away' {
        (Set-MacVlan 10 -Name '' -PassThru).Name | Should -Be ''
    }

    It 'adds and removes ranges' {
        $vlan = Set-MacVlan 10 -AddRange 00-1A-2B-3C-50-00/40 -RemoveRange 00:1a:2b:3c:40:00-00:1a:2b:3c:40:ff -PassThru
        "$($vlan.Ranges)" | Should -Be '00:1a:2b:3c:41:00-00:1a:2b:3c:50:ff'
        (Get-MacPool 10).Size | Should -Be 4096
    }

    It 'makes room in a pool that is used up' {
        $null = New-MacVlan 30 -Range 02-00-00-00-00-01
        $null = New-MacAllocation 30 vm-1
        (Get-MacError { New-MacAllocation 30 vm-2 }).Id | Should -Be 'PoolExhausted'
        Set-MacVlan 30 -AddRange 02-00-00-00-00-02
        "$((New-MacAllocation 30 vm-2).MacAddress)" | Should -Be '02:00:00:00:00:02'
    }

    It 'takes VLANs from the pipeline, by value and by property name' {
        10, 20 | Set-MacVlan -DefaultAction Deny
        (Get-MacVlan).DefaultAction | Should -Be 'Deny', 'Deny'
        Get-MacVlan | Set-MacVlan -ReuseDelay 00:00:10
        (Get-MacVlan).ReuseDelay.TotalSeconds | Should -Be 10, 10
    }

    It 'tells with -WhatIf from what to what it would change' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Set-MacVlan 10 -Name other -DefaultAction Deny -WhatIf"
        "$lines" | Should -BeLike "*Change Name from 'cameras' to 'other', DefaultAction from Allow to Deny*VLAN 10*"
    }

    It 'tells with -WhatIf nothing of an empty cell, which is not given' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; 'VlanId,Name,DefaultAction', '10,,Deny' | ConvertFrom-Csv | Set-MacVlan -WhatIf"
        "$lines" | Should -BeLike '*Change DefaultAction from Allow to Deny*VLAN 10*'
        "$lines" | Should -Not -BeLike '*Name from*'
    }

    It 'does nothing with -WhatIf' {
        $revision = (Get-MacStore).Revision
        Set-MacVlan 10 -Name other -WhatIf
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'admits out-of-pool addresses, or no more' {
        (Set-MacVlan 10 -OutOfPoolAddress $true -PassThru).AdmitsOutOfPoolAddresses | Should -BeTrue
        (Set-MacVlan 10 -Name x -PassThru).AdmitsOutOfPoolAddresses | Should -BeTrue
        (Set-MacVlan 10 -OutOfPoolAddress off -PassThru).AdmitsOutOfPoolAddresses | Should -BeFalse
        (Complete-Line 'Set-MacVlan 10 -OutOfPoolAddress ').CompletionText | Should -Be '$true', '$false'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacVlan 30 -Name x } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Set-MacVlan 4095 -Name x } }
        @{ Case = 'a long name'; Id = 'InvalidVlanName'; Category = 'InvalidArgument'; Command = { Set-MacVlan 10 -Name ('n' * 65) } }
        @{ Case = 'a delay of ages'; Id = 'InvalidReuseDelay'; Category = 'InvalidArgument'; Command = { Set-MacVlan 10 -ReuseDelay 4000.00:00:00 } }
        @{ Case = 'a range that it has not'; Id = 'RangeNotInVlan'; Category = 'ObjectNotFound'; Command = { Set-MacVlan 10 -RemoveRange 02-00-5E-10-00-00/32 } }
        @{ Case = 'a range in use'; Id = 'RangeInUse'; Category = 'ResourceBusy'; Command = { Set-MacVlan 10 -RemoveRange 00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff } }
        @{ Case = 'another VLAN''s range'; Id = 'RangeOverlap'; Category = 'ResourceExists'; Command = { Set-MacVlan 10 -AddRange 02-00-5E-10-00-00/40 } }
        @{ Case = 'its own range'; Id = 'RangeOverlap'; Category = 'ResourceExists'; Command = { Set-MacVlan 10 -AddRange 00-1A-2B-3C-40-00 } }
        @{ Case = 'a group address'; Id = 'GroupAddressInRange'; Category = 'InvalidArgument'; Command = { Set-MacVlan 10 -AddRange 01-00-5E-00-00-01 } }
        @{ Case = 'zeros'; Id = 'ZeroAddressInRange'; Category = 'InvalidArgument'; Command = { Set-MacVlan 10 -AddRange 00-00-00-00-00-00 } }
        @{ Case = 'an interface''s address'; Id = 'RangeHoldsInterface'; Category = 'ResourceBusy'; Command = { Set-MacVlan 10 -AddRange 00-15-5D-00-00-00/32 } }
        @{ Case = 'neither on nor off'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacVlan 10 -ArpResponder maybe } }
        @{ Case = 'no range'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacVlan 10 -AddRange x } }
    ) {
        $null = New-MacAllocation 10 vm-1
        $null = New-MacInterface web-1 20 -MacAddress 00:15:5d:00:00:09
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs' {
        (Complete-Line 'Set-MacVlan -VlanId ').CompletionText | Should -Be '10', '20'
    }
}
