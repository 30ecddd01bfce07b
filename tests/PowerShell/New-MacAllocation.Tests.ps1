BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacAllocation' {
    BeforeEach {
        New-ExampleStore
    }

    It 'gives the next address to each instance of the pipeline' {
        $allocations = 'vm-1', 'vm-2', 'vm-3' | New-MacAllocation -VlanId 10
        $allocations | ForEach-Object { $_ | Should -BeOfType MacSegmentation.Pools.MacAllocation }
        "$($allocations.InstanceId)" | Should -Be 'vm-1 vm-2 vm-3'
        "$($allocations.MacAddress)" | Should -Be '00:1a:2b:3c:40:00 00:1a:2b:3c:40:01 00:1a:2b:3c:40:02'
        $allocations[0].VMName | Should -Be 'vm-1'
        $allocations[0].StaticMacAddress | Should -BeExactly '001A2B3C4000'
    }

    It 'takes instances by position and in arrays' {
        (New-MacAllocation 10 vm-1, vm-2).InstanceId | Should -Be 'vm-1', 'vm-2'
    }

    It 'takes objects by property name: <Property>' -ForEach @(
        @{ Property = 'InstanceId' }, @{ Property = 'VMName' }, @{ Property = 'VMId' }, @{ Property = 'Name' }
    ) {
        ([pscustomobject]@{ $Property = 'vm-7'; Other = 1 } | New-MacAllocation 10).InstanceId | Should -Be 'vm-7'
    }

    It 'takes an id that is not text for what it is, not for the object that has it' {
        $id = [guid]::NewGuid()
        ([pscustomobject]@{ VMId = $id } | New-MacAllocation 10).InstanceId | Should -Be "$id"
        (Get-MacError { [pscustomobject]@{ Host = 'h' } | New-MacAllocation 10 }).Id | Should -Be 'InputObjectNotBound'
    }

    It 'takes VLAN, instance and address by property name' {
        $allocation = [pscustomobject]@{ VlanId = 20; VMName = 'plc-1'; StaticMacAddress = '02005E100007' } | New-MacAllocation
        "$($allocation.MacAddress) $($allocation.VlanId) $($allocation.InstanceId)" | Should -Be '02:00:5e:10:00:07 20 plc-1'
    }

    It 'gives the next address where the cell of a CSV file is empty' {
        $allocations = 'VMName,MacAddress', 'vm-1,001A.2B3C.4100', 'vm-2,' | ConvertFrom-Csv | New-MacAllocation 10
        "$($allocations.MacAddress)" | Should -Be '00:1a:2b:3c:41:00 00:1a:2b:3c:40:00'
    }

    It 'gives a certain address, in every form: <_>' -ForEach '00:1a:2b:3c:41:07', '00-1A-2B-3C-41-07', '001a.2b3c.4107', '001A2B3C4107' {
        "$((New-MacAllocation 10 vm-1 -MacAddress $_).MacAddress)" | Should -Be '00:1a:2b:3c:41:07'
    }

    It 'keeps the zeros of an address that is typed like a number' {
        $null = New-MacVlan 30 -Range 00-11-22-33-44-00/40
        "$((New-MacAllocation 30 vm-1 -MacAddress 001122334455).MacAddress)" | Should -Be '00:11:22:33:44:55'
    }

    It 'changes ten thousand records in few transactions, and writes each in its place' {
        $before = (Get-MacStore).Revision
        $allocations = 1..10000 | ForEach-Object { "vm-$_" } | New-MacAllocation 20
        $allocations | Should -HaveCount 10000
        $allocations[9999].InstanceId | Should -Be 'vm-10000'
        [System.Collections.Generic.HashSet[object]]::new([object[]]$allocations.MacAddress).Count | Should -Be 10000
        (Get-MacStore).Revision - $before | Should -BeLessThan 1000
    }

    It 'gives out no more than a pipeline takes that wants only the first' {
        $first = 1..1000 | ForEach-Object { "vm-$_" } | New-MacAllocation 20 | Select-Object -First 1
        $first.InstanceId | Should -Be 'vm-1'
        (Get-MacPool 20).Used | Should -Be 1
    }

    It 'writes a record at once in a slow pipeline' {
        $seen = [System.Collections.Generic.List[object]]::new()
        1..3 | ForEach-Object { Start-Sleep -Milliseconds 250; $seen.Add("in $_"); "vm-$_" } | New-MacAllocation 20 | ForEach-Object { $seen.Add("out $($_.InstanceId)") }
        $seen | Should -Be 'in 1', 'out vm-1', 'in 2', 'out vm-2', 'in 3', 'out vm-3'
    }

    It 'goes on after a record that fails, in the records'' order' {
        $seen = 'vm-1', ' ', 'vm-3' | New-MacAllocation 10 2>&1
        $seen[0].InstanceId | Should -Be 'vm-1'
        $seen[1].FullyQualifiedErrorId | Should -BeLike 'InvalidInstanceId,*'
        $seen[2].InstanceId | Should -Be 'vm-3'
    }

    It 'changes nothing after the first error with -ErrorAction Stop' {
        { 'vm-1', 'vm-2', ' ', 'vm-4', 'vm-5' | New-MacAllocation 10 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidInstanceId,*'
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2'
    }

    It 'changes nothing after the first error with $ErrorActionPreference Stop' {
        $ErrorActionPreference = 'Stop'
        { 'vm-1', 'vm-2', ' ', 'vm-4', 'vm-5' | New-MacAllocation 10 } | Should -Throw -ErrorId 'InvalidInstanceId,*'
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2'
    }

    It 'does nothing with -WhatIf' {
        'vm-1', 'vm-2' | New-MacAllocation 10 -WhatIf | Should -BeNullOrEmpty
        Get-MacAllocation | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { New-MacAllocation 30 vm-1 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { New-MacAllocation 0 vm-1 } }
        @{ Case = 'no instance'; Id = 'InvalidInstanceId'; Category = 'InvalidArgument'; Command = { New-MacAllocation 10 '' } }
        @{ Case = 'a long instance'; Id = 'InvalidInstanceId'; Category = 'InvalidArgument'; Command = { New-MacAllocation 10 ('i' * 257) } }
        @{ Case = 'an exhausted pool'; Id = 'PoolExhausted'; Category = 'LimitsExceeded'; Command = { New-MacAllocation 40 vm-2 } }
        @{ Case = 'an address that is taken'; Id = 'AddressAllocated'; Category = 'ResourceExists'; Command = { New-MacAllocation 10 vm-2 -MacAddress 00:1a:2b:3c:40:00 } }
        @{ Case = 'an address of another VLAN'; Id = 'AddressNotInPool'; Category = 'InvalidArgument'; Command = { New-MacAllocation 10 vm-2 -MacAddress 02:00:5e:10:00:00 } }
        @{ Case = 'an address that is held down'; Id = 'AddressResting'; Category = 'ResourceUnavailable'; Command = { New-MacAllocation 10 vm-2 -MacAddress 00:1a:2b:3c:40:01 } }
        @{ Case = 'five octets'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacAllocation 10 vm-2 -MacAddress 00:1a:2b:3c:40 } }
        @{ Case = 'seven octets'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacAllocation 10 vm-2 -MacAddress 00:1a:2b:3c:40:00:00 } }
        @{ Case = 'text for a VLAN'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacAllocation cameras vm-2 } }
    ) {
        $null = New-MacVlan 40 -Range 06-00-00-00-00-01
        Set-MacVlan 10 -ReuseDelay 01:00:00
        $null = 'vm-1', 'gone' | New-MacAllocation 10
        $null = New-MacAllocation 40 vm-1
        Remove-MacAllocation -InstanceId gone
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs' {
        (Complete-Line 'New-MacAllocation -VlanId ').ToolTip | Should -Be 'VLAN 10: cameras', 'VLAN 20: plc'
    }
}
