BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacAllocation' {
    BeforeEach {
        New-ExampleStore
        $null = 'vm-1', 'vm-2', 'vm-3' | New-MacAllocation 10
        $null = 'vm-2' | New-MacAllocation 20
    }

    It 'releases addresses' {
        Remove-MacAllocation -MacAddress 00:1a:2b:3c:40:00, 02:00:5e:10:00:00 | Should -BeNullOrEmpty
        (Get-MacAllocation).InstanceId | Should -Be 'vm-2', 'vm-3'
    }

    It 'releases all of a terminated instance, or those of one VLAN' {
        Remove-MacAllocation -InstanceId vm-2 -VlanId 20
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2', 'vm-3'
        (Remove-MacAllocation -InstanceId vm-2, vm-3 -PassThru).InstanceId | Should -Be 'vm-2', 'vm-3'
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1'
    }

    It 'releases exactly the allocations of the pipeline, by property name' {
        Get-MacAllocation -InstanceId vm-2 -VlanId 10 | Remove-MacAllocation
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-3', 'vm-2'
        Get-MacAllocation | Remove-MacAllocation
        Get-MacAllocation | Should -BeNullOrEmpty
    }

    It 'takes addresses from the pipeline, by value' {
        '00:1a:2b:3c:40:00', '001A2B3C4001' | Remove-MacAllocation
        (Get-MacAllocation).InstanceId | Should -Be 'vm-3', 'vm-2'
    }

    It 'releases the addresses of a virtual machine of the pipeline' {
        [pscustomobject]@{ VMName = 'vm-2'; State = 'Off' } | Remove-MacAllocation
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-3'
    }

    It 'releases what a saved object names, and not all of its instance: <Form>' -ForEach @(
        @{ Form = 'JSON'; Save = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Form = 'CSV'; Save = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'CLIXML'; Save = { $_ | Export-Clixml "$TestDrive/a.xml"; Import-Clixml "$TestDrive/a.xml" } }
        @{ Form = 'a job'; Save = { Start-Job { $input } -InputObject $_ | Receive-Job -Wait -AutoRemoveJob } }
        @{ Form = 'another program''s address'; Save = { [pscustomobject]@{ InstanceId = $_.InstanceId; MacAddress = [System.Net.NetworkInformation.PhysicalAddress]::Parse("$($_.MacAddress)".Replace(':', '-')) } } }
    ) {
        Get-MacAllocation -InstanceId vm-2 -VlanId 10 | ForEach-Object $Save | Remove-MacAllocation
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-3', 'vm-2'
    }

    It 'releases nothing of an object whose address cannot be read: <Case>' -ForEach @(
        @{ Case = 'another object'; Address = [pscustomobject]@{ x = 1 } }
        @{ Case = 'a list of one'; Address = @([pscustomobject]@{ x = 1 }) }
        @{ Case = 'no address'; Address = 'none' }
        @{ Case = 'an empty cell'; Address = '' }
        @{ Case = 'nothing'; Address = $null }
        @{ Case = 'an empty list'; Address = @() }
    ) {
        $revision = (Get-MacStore).Revision
        { [pscustomobject]@{ MacAddress = $Address; InstanceId = 'vm-2' } | Remove-MacAllocation -ErrorAction Stop } | Should -Throw
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'does not give a released address out again at once' {
        $null = New-MacVlan 30 -Range 06-00-00-00-00-00/47
        $null = New-MacAllocation 30 a
        Remove-MacAllocation -InstanceId a
        "$((New-MacAllocation 30 b).MacAddress) $((New-MacAllocation 30 c).MacAddress)" | Should -Be '06:00:00:00:00:01 06:00:00:00:00:00'
    }

    It 'releases thousands in few transactions' {
        $null = 1..3000 | ForEach-Object { "x-$_" } | New-MacAllocation 20
        $before = (Get-MacStore).Revision
        Get-MacAllocation -InstanceId x-* | Remove-MacAllocation
        Get-MacAllocation | Should -HaveCount 4
        (Get-MacStore).Revision - $before | Should -BeLessThan 500
    }

    It 'does nothing with -WhatIf' {
        Get-MacAllocation | Remove-MacAllocation -WhatIf
        Remove-MacAllocation -InstanceId vm-2 -WhatIf
        Get-MacAllocation | Should -HaveCount 4
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an address that is not allocated'; Id = 'AllocationNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAllocation 00:1a:2b:3c:4f:00 } }
        @{ Case = 'an instance without an address'; Id = 'AllocationNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAllocation -InstanceId vm-9 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAllocation -InstanceId vm-2 -VlanId 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Remove-MacAllocation -InstanceId vm-2 -VlanId 0 } }
        @{ Case = 'a blank instance'; Id = 'InvalidInstanceId'; Category = 'InvalidArgument'; Command = { Remove-MacAllocation -InstanceId ' ' } }
        @{ Case = 'an interface record''s address'; Id = 'AllocationInUse'; Category = 'ResourceBusy'; Command = { Remove-MacAllocation -InstanceId web-1 } }
        @{ Case = 'no address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { 'x' | Remove-MacAllocation } }
        @{ Case = 'five octets by property name'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { [pscustomobject]@{ MacAddress = '00:1a:2b:3c:40' } | Remove-MacAllocation } }
    ) {
        $null = New-MacInterface web-1 10
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes addresses and instances' {
        (Complete-Line 'Remove-MacAllocation -MacAddress 00').CompletionText | Should -HaveCount 3
        (Complete-Line 'Remove-MacAllocation -InstanceId v').CompletionText | Should -Be 'vm-1', 'vm-2', 'vm-3'
    }
}
