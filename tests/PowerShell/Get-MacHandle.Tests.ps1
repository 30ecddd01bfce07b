BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacHandle' {
    BeforeEach {
        New-ExampleStore
        $null = 'urn:x:b', 'urn:x:a', 'urn:wwn:50:06:01:60:3b:a0:11:22' | Request-MacAddress -VlanId 10
        $null = Request-MacAddress 'https://host/dev?id=1' 20 -InstanceId vm-1
        $null = Request-MacAddress 'https://host/dev?id=1' 20 -InstanceId vm-2 -Intent Copy
    }

    It 'lists all handles by name' {
        Get-MacHandle | Should -BeOfType MacSegmentation.Handles.MacHandle
        (Get-MacHandle).Handle | Should -Be 'https://host/dev?id=1', 'https://host/dev?id=1', 'urn:wwn:50:06:01:60:3b:a0:11:22', 'urn:x:a', 'urn:x:b'
    }

    It 'finds one in any of its forms, with its clones' {
        (Get-MacHandle 'URN:WWN:50-06-01-60-3B-A0-11-22').Handle | Should -Be 'urn:wwn:50:06:01:60:3b:a0:11:22'
        (Get-MacHandle 'HTTPS://HOST/dev?id=1').InstanceId | Should -Be 'vm-1', 'vm-2'
        (Get-MacHandle 'https://host/dev?id=1').IsCopy | Should -Be $false, $true
    }

    It 'takes wildcards, and several' {
        (Get-MacHandle urn:x:*, urn:wwn:*).Handle | Should -Be 'urn:x:a', 'urn:x:b', 'urn:wwn:50:06:01:60:3b:a0:11:22'
        Get-MacHandle nothing* | Should -BeNullOrEmpty
    }

    It 'restricts by VLAN, address, instance, provider and state' {
        (Get-MacHandle -VlanId 20).InstanceId | Should -Be 'vm-1', 'vm-2'
        (Get-MacHandle -VlanId 20, 10) | Should -HaveCount 5
        (Get-MacHandle -MacAddress 00-1A-2B-3C-40-01).Handle | Should -Be 'urn:x:a'
        (Get-MacHandle -InstanceId VM-*).InstanceId | Should -Be 'vm-1', 'vm-2'
        (Get-MacHandle -Provider '') | Should -HaveCount 5
        Get-MacHandle -Provider site-a | Should -BeNullOrEmpty
        Remove-MacHandle urn:x:a
        Revoke-MacHandle urn:x:b -Force
        (Get-MacHandle -State Released).Handle | Should -Be 'urn:x:a'
        (Get-MacHandle -State Released, Recovered -VlanId 10).Handle | Should -Be 'urn:x:a', 'urn:x:b'
        (Get-MacHandle -MacAddress 00-1A-2B-3C-40-01 -State Released).Handle | Should -Be 'urn:x:a'
    }

    It 'takes handles, allocations and VLANs from the pipeline' {
        ('urn:x:a', 'urn:x:b' | Get-MacHandle).Handle | Should -Be 'urn:x:a', 'urn:x:b'
        (Get-MacAllocation 10 | Get-MacHandle).Handle | Should -Be 'urn:x:b', 'urn:x:a', 'urn:wwn:50:06:01:60:3b:a0:11:22'
        (Get-MacVlan 20 | Get-MacHandle).InstanceId | Should -Be 'vm-1', 'vm-2'
        (Get-MacHandle -InstanceId vm-2 | Get-MacHandle).InstanceId | Should -Be 'vm-2'
    }

    It 'shows handles with the allocations of their addresses' {
        (Get-MacAllocation -InstanceId vm-1).Handle | Should -Be 'https://host/dev?id=1'
        Get-MacAllocation 20 | Format-Table | Out-String -Width 120 | Should -BeLike '*vm-1 *https://host/dev*'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown handle'; Id = 'HandleNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacHandle urn:x:c } }
        @{ Case = 'an empty handle'; Id = 'InvalidHandle'; Category = 'InvalidArgument'; Command = { Get-MacHandle '' } }
        @{ Case = 'an address without owner'; Id = 'HandleNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacHandle -MacAddress 00-1A-2B-3C-40-09 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacHandle -VlanId 30 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacHandle -VlanId 4095 } }
        @{ Case = 'no address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Get-MacHandle -MacAddress x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes handles, addresses and instances' {
        (Complete-Line 'Get-MacHandle urn:x').CompletionText | Should -Be 'urn:x:a', 'urn:x:b'
        (Complete-Line 'Get-MacHandle http').CompletionText | Should -Be "'https://host/dev?id=1'"
        (Complete-Line 'Get-MacHandle -MacAddress 00').CompletionText | Should -HaveCount 3
        (Complete-Line 'Get-MacHandle -InstanceId vm').CompletionText | Should -Be 'vm-1', 'vm-2'
        (Complete-Line 'Get-MacHandle -State ').CompletionText | Should -Be 'Held', 'Released', 'Revoked'
    }
}
