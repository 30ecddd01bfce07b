BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64 -InstanceId vm-1
    $null = New-MacInterface web-2 10 10.0.0.12/24 -InstanceId vm-2
    $null = New-MacInterface db-1 20 10.0.0.11/24 -InstanceId vm-1 -MacAddress 00:15:5d:01:02:03
    $null = New-MacAllocation 20 plc-1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacInterface' {
    It 'lists all records, or those with a name' {
        (Get-MacInterface).Name | Should -Be 'db-1', 'web-1', 'web-2'
        (Get-MacInterface web-*).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface WEB-2, db-?).Name | Should -Be 'web-2', 'db-1'
        Get-MacInterface none-* | Should -BeNullOrEmpty
    }

    It 'lists those of a VLAN or of a machine' {
        (Get-MacInterface -VlanId 20).Name | Should -Be 'db-1'
        (Get-MacInterface -Vlan 10, 20).Name | Should -Be 'web-1', 'web-2', 'db-1'
        (Get-MacInterface -InstanceId VM-1).Name | Should -Be 'db-1', 'web-1'
        (Get-MacInterface -VMName vm-* -VlanId 10).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface web-* -InstanceId vm-2, none).Name | Should -Be 'web-2'
        Get-MacInterface web-1 -VlanId 20 | Should -BeNullOrEmpty
    }

    It 'finds who may use an address' {
        (Get-MacInterface -IPAddress 10.0.0.11).Name | Should -Be 'db-1', 'web-1'
        (Get-MacInterface -IPAddress FD00:0::11, 10.0.0.12).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface -MacAddress 00155D010203).Name | Should -Be 'db-1'
        Get-MacInterface -IPAddress 10.0.0.99 | Should -BeNullOrEmpty
    }

    It 'takes names, VLANs, allocations and records from the pipeline' {
        ('web-1', 'db-*' | Get-MacInterface).Name | Should -Be 'web-1', 'db-1'
        (Get-MacVlan 10 | Get-MacInterface).Name | Should -Be 'web-1', 'web-2'
        (Get-MacAllocation | Get-MacInterface).Name | Should -Be 'web-1', 'web-2'
        (Get-MacInterface web-* | Get-MacInterface).Name | Should -Be 'web-1', 'web-2'
        ([pscustomobject]@{ VMName = 'vm-1'; MacAddress = '00155D010203' } | Get-MacInterface).Name | Should -Be 'db-1'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown name'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacInterface web-3 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacInterface -VlanId 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacInterface -VlanId 0 } }
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacInterface -SecurityGroup none } }
        @{ Case = 'no IP address'; Id = 'InvalidIPAddress'; Category = 'InvalidArgument'; Command = { Get-MacInterface -IPAddress 10.0.0 } }
        @{ Case = 'no address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Get-MacInterface -MacAddress x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'goes on after a name that does not exist' {
        (Get-MacInterface web-1, none, web-2 -ErrorAction SilentlyContinue).Name | Should -Be 'web-1', 'web-2'
    }

    It 'shows the addresses in its table, and every property in a list' {
        $table = Get-MacInterface web-1 | Out-String -Width 80
        $table | Should -Match '(?m)^web-1 +10 00:1a:2b:3c:40:00 10\.0\.0\.11/24, fd0\S+ +0'
        $list = Get-MacInterface web-1 | Format-List | Out-String -Width 200
        foreach ($property in 'Name', 'MacAddress', 'IPAddress', 'PortSecurity', 'DhcpGuard', 'RouterGuard', 'ArpRateLimit', 'DhcpRateLimit', 'RsRateLimit', 'PermittedEtherType', 'AddressPair', 'SecurityGroup', 'HoldsAllocation', 'VMName') {
            $list | Should -Match "(?m)^$property +:"
        }
    }

    It 'completes names, VLANs, machines and addresses' {
        (Complete-Line 'Get-MacInterface -Name ').CompletionText | Should -Be 'db-1', 'web-1', 'web-2'
        (Complete-Line 'Get-MacInterface -VlanId 10 -Name w').CompletionText | Should -Be 'web-1', 'web-2'
        (Complete-Line 'Get-MacInterface -VlanId ').CompletionText | Should -Be '10', '20'
        $machines = Complete-Line 'Get-MacInterface -VMName '
        $machines.CompletionText | Should -Be 'vm-1', 'vm-2'
        $machines[0].ToolTip | Should -Be 'db-1 in VLAN 20, web-1 in VLAN 10'
        (Complete-Line 'Get-MacInterface -MacAddress ').CompletionText | Should -Be '00:15:5d:01:02:03', '00:1a:2b:3c:40:00', '00:1a:2b:3c:40:01'
        (Complete-Line 'Get-MacInterface -IPAddress ').CompletionText | Should -Be '10.0.0.11', '10.0.0.12', 'fd00::11'
    }
}

Describe 'Get-MacInterface -Tag' {
    BeforeAll {
        New-ExampleStore
        $null = New-MacInterface web-1 10 -Tag prod, 42, @{ tier = 'web'; at = @{ floor = 2; rack = 7 }; roles = 'a', 'b' }
        $null = New-MacInterface web-2 10 -Tag test, '42', @{ tier = 'web'; at = @{ floor = 1 } }
        $null = New-MacInterface db-1 10 -Tag prod, @{ tier = 'db' }
    }

    It 'finds those that have <Name>' -ForEach @(
        @{ Name = 'a text'; Tag = 'prod'; Found = 'db-1', 'web-1' }
        @{ Name = 'a number, which is no text'; Tag = 42; Found = 'web-1' }
        @{ Name = 'a text of digits, which is no number'; Tag = '42'; Found = 'web-2' }
        @{ Name = 'a JSON tag that contains it'; Tag = @{ tier = 'web' }; Found = 'web-1', 'web-2' }
        @{ Name = 'it at any depth'; Tag = @{ at = @{ floor = 2 } }; Found = 'web-1' }
        @{ Name = 'an element of a list'; Tag = @{ roles = @('b') }; Found = 'web-1' }
        @{ Name = 'all of several'; Tag = 'prod', @{ tier = 'web' }; Found = 'web-1' }
        @{ Name = 'nothing of the kind'; Tag = 'PROD'; Found = @() }
    ) {
        @((Get-MacInterface -Tag $Tag).Name) | Should -Be $Found
    }

    It 'looks in what else is asked for' {
        (Get-MacInterface web-* -Tag prod).Name | Should -Be web-1
        Get-MacInterface db-1 -Tag test | Should -BeNullOrEmpty
    }

    It 'offers the tags that there are, as they are typed' {
        (Complete-Line 'Get-MacInterface -Tag ').CompletionText | Should -Contain "@{ 'tier' = 'db' }"
        (Complete-Line 'Get-MacInterface -Tag ').CompletionText | Should -Contain '42'
        (Complete-Line 'Get-MacInterface -Tag ').CompletionText | Should -Contain "'42'"
        (Complete-Line 'Get-MacInterface -Tag pr').CompletionText | Should -Be prod
    }
}
