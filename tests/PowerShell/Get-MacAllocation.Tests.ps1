BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = 'vm-1', 'vm-2', 'vm-3' | New-MacAllocation 10
    $null = 'vm-2', 'plc-1' | New-MacAllocation 20
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacAllocation' {
    It 'lists all, by address' {
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2', 'vm-3', 'vm-2', 'plc-1'
    }

    It 'lists those of a VLAN' {
        (Get-MacAllocation 20).InstanceId | Should -Be 'vm-2', 'plc-1'
        (Get-MacAllocation -VlanId 20, 10) | Should -HaveCount 5
    }

    It 'finds an instance, by wildcard too, without regard to case' {
        (Get-MacAllocation -InstanceId VM-2).VlanId | Should -Be 10, 20
        (Get-MacAllocation -InstanceId vm-* -VlanId 10) | Should -HaveCount 3
        Get-MacAllocation -InstanceId none* | Should -BeNullOrEmpty
    }

    It 'finds addresses' {
        (Get-MacAllocation -MacAddress 001A.2B3C.4001, 02-00-5e-10-00-01).InstanceId | Should -Be 'vm-2', 'plc-1'
    }

    It 'takes instances from the pipeline, by value and by property name' {
        ('vm-1', 'plc-1' | Get-MacAllocation).VlanId | Should -Be 10, 20
        ([pscustomobject]@{ VMName = 'vm-2' } | Get-MacAllocation) | Should -HaveCount 2
        (Get-MacVlan | Get-MacAllocation) | Should -HaveCount 5
        (Get-MacVlan 20 | Get-MacAllocation -InstanceId vm-2).VlanId | Should -Be 20
    }

    It 'takes addresses from the pipeline, and an object that has one means that one' {
        ('02-00-5e-10-00-01', '001a.2b3c.4001' | Get-MacAllocation).InstanceId | Should -Be 'plc-1', 'vm-2'
        (Get-MacAllocation -InstanceId vm-2 | Select-Object -First 1 | Get-MacAllocation) | Should -HaveCount 1
        ([pscustomobject]@{ StaticMacAddress = '02005E100001' } | Get-MacAllocation).InstanceId | Should -Be 'plc-1'
        (Get-MacAllocation | Get-MacAllocation) | Should -HaveCount 5
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an instance without an address'; Id = 'AllocationNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacAllocation -InstanceId vm-9 } }
        @{ Case = 'a free address'; Id = 'AllocationNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacAllocation -MacAddress 00:1a:2b:3c:4f:ff } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacAllocation 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacAllocation 0 } }
        @{ Case = 'no address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Get-MacAllocation -MacAddress x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs, instances and addresses' {
        (Complete-Line 'Get-MacAllocation -InstanceId ').CompletionText | Should -Be 'plc-1', 'vm-1', 'vm-2', 'vm-3'
        (Complete-Line 'Get-MacAllocation -VlanId 20 -InstanceId ').CompletionText | Should -Be 'plc-1', 'vm-2'
        (Complete-Line 'Get-MacAllocation -MacAddress 02').ToolTip | Should -Be 'vm-2 in VLAN 20', 'plc-1 in VLAN 20'
        (Complete-Line 'Get-MacAllocation -VlanId ').CompletionText | Should -Be '10', '20'
    }
}
