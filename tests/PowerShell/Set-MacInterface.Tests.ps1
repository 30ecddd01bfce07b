BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacInterface' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -InstanceId vm-1
        $null = New-MacInterface web-2 10 10.0.0.12/24
    }

    It 'changes what is given and leaves the rest' {
        Set-MacInterface web-1 -PortSecurity $false | Should -BeNullOrEmpty
        Set-MacInterface -Name WEB-1 -DhcpGuard $false -RouterGuard $false -ArpRateLimit 0
        $record = Get-MacInterface web-1
        "$($record.PortSecurity) $($record.DhcpGuard) $($record.RouterGuard) $($record.ArpRateLimit)" | Should -Be 'False False False 0'
        "$($record.MacAddress) $($record.IPAddress) $($record.InstanceId)" | Should -Be '00:1a:2b:3c:40:00 10.0.0.11/24 vm-1'
    }

    It 'exempts a record from security triggers, and takes that back' {
        (Get-MacInterface web-1).TriggerExempt | Should -BeFalse
        (Set-MacInterface web-1 -TriggerExempt $true -PassThru).TriggerExempt | Should -BeTrue
        (Set-MacInterface web-1 -TriggerExempt off -PassThru).TriggerExempt | Should -BeFalse
    }

    It 'changes the limits and what is permitted, and takes it back' {
        Set-MacInterface web-1 -DhcpRateLimit 0 -RsRateLimit 3 -PermittedEtherType 0x8847, Llc
        $record = Get-MacInterface web-1
        "$($record.DhcpRateLimit) $($record.RsRateLimit) $($record.PermittedEtherType)" | Should -Be '0 3 Llc 0x8847'
        (Set-MacInterface web-1 -ArpRateLimit 1 -PassThru).PermittedEtherType | Should -Be 'Llc', '0x8847'
        (Set-MacInterface web-1 -PermittedEtherType @() -PassThru).PermittedEtherType | Should -BeNullOrEmpty
    }

    It 'changes addresses: its allocation moves along' {
        $record = Set-MacInterface web-1 -MacAddress 00-1A-2B-3C-41-00 -IPAddress 10.0.0.21/24, fd00::21/64 -PassThru
        "$($record.MacAddress) $($record.IPAddress)" | Should -Be '00:1a:2b:3c:41:00 10.0.0.21/24 fd00::21/64'
        "$((Get-MacAllocation -InstanceId vm-1).MacAddress)" | Should -Be '00:1a:2b:3c:41:00'
        (Set-MacInterface web-1 -IPAddress @() -PassThru).IPAddress | Should -HaveCount 0
    }

    It 'changes the machine, and whose its address is' {
        (Set-MacInterface web-1 -VMName vm-7 -PassThru).InstanceId | Should -Be 'vm-7'
        (Get-MacAllocation -InstanceId vm-7).VlanId | Should -Be 10
    }

    It 'takes records from the pipeline, by name and as objects' {
        Get-MacInterface web-* | Set-MacInterface -PortSecurity off
        (Get-MacInterface).PortSecurity | Should -Be $false, $false
        'web-1', 'web-2' | Set-MacInterface -PortSecurity on
        (Get-MacInterface).PortSecurity | Should -Be $true, $true
        [pscustomobject]@{ Name = 'web-2'; PortSecurity = $true; ArpRateLimit = 7 } | Set-MacInterface -PortSecurity $false
        "$((Get-MacInterface web-2).PortSecurity) $((Get-MacInterface web-2).ArpRateLimit)" | Should -Be 'False 7' -Because 'what the record says is taken, and the command line has the last word'
        Set-MacInterface (Get-MacInterface web-*) -ArpRateLimit 9
        (Get-MacInterface).ArpRateLimit | Should -Be 9, 9
    }

    It 'changes nothing where nothing is new' {
        $revision = (Get-MacStore).Revision
        Set-MacInterface web-1 -IPAddress 10.0.0.11/24 -PortSecurity $true
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'does nothing with -WhatIf' {
        $revision = (Get-MacStore).Revision
        Get-MacInterface | Set-MacInterface -PortSecurity $false -WhatIf
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown name'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacInterface web-3 -ArpRateLimit 1 } }
        @{ Case = 'no name'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Set-MacInterface '' -ArpRateLimit 1 } }
        @{ Case = 'a pattern'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-* -ArpRateLimit 1 } }
        @{ Case = 'no instance'; Id = 'InvalidInstanceId'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -InstanceId '' } }
        @{ Case = 'a limit of a billion'; Id = 'InvalidArpRateLimit'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -ArpRateLimit 1000000000 } }
        @{ Case = 'an address without a prefix length'; Id = 'InvalidInterfaceAddress'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -IPAddress 10.0.0.21 } }
        @{ Case = 'an address given twice'; Id = 'DuplicateIPAddress'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -IPAddress fd00::1/64, fd00:0::1/64 } }
        @{ Case = 'another record''s fixed address'; Id = 'IPAddressTaken'; Category = 'ResourceExists'; Command = { Set-MacInterface web-1 -IPAddress 10.0.0.12/24 } }
        @{ Case = 'broadcast as MAC'; Id = 'GroupAddressNotAllowed'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -MacAddress ff:ff:ff:ff:ff:ff } }
        @{ Case = 'zeros as MAC'; Id = 'ZeroAddressNotAllowed'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -MacAddress 00:00:00:00:00:00 } }
        @{ Case = 'another record''s MAC address'; Id = 'InterfaceAddressTaken'; Category = 'ResourceExists'; Command = { Set-MacInterface web-1 -MacAddress 00:1a:2b:3c:40:01 } }
        @{ Case = 'another VLAN''s address'; Id = 'AddressNotInPool'; Category = 'InvalidArgument'; Command = { Set-MacInterface web-1 -MacAddress 02:00:5e:10:00:07 } }
        @{ Case = 'no address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacInterface web-1 -MacAddress x } }
        @{ Case = 'neither on nor off'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacInterface web-1 -DhcpGuard maybe } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'keeps the MAC address of a record that an enforcer uses' {
        Set-EnforcerUse web-1
        (Get-MacError { Set-MacInterface web-1 -MacAddress 00:1a:2b:3c:41:00 }).Id | Should -Be 'InterfaceInUse'
        (Set-MacInterface web-1 -IPAddress 10.0.0.21/24 -PassThru).IPAddress.Count | Should -Be 1
    }

    It 'completes records and machines' {
        $names = Complete-Line 'Set-MacInterface -Name '
        $names.CompletionText | Should -Be 'web-1', 'web-2'
        $names[0].ToolTip | Should -Be '00:1a:2b:3c:40:00, 10.0.0.11/24 in VLAN 10'
        (Complete-Line 'Set-MacInterface web-1 -InstanceId ').CompletionText | Should -Be 'vm-1', 'web-2'
    }
}

Describe 'Set-MacInterface -Tag' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 -Tag prod, 42
    }

    It 'sets all tags, adds some and takes some away' {
        "$((Set-MacInterface web-1 -Tag a, b -PassThru).Tag)" | Should -Be 'a b'
        "$((Set-MacInterface web-1 -AddTag c, @{ x = 1 } -RemoveTag a, none -PassThru).Tag)" | Should -Be 'b c {"x":1}'
        (Set-MacInterface web-1 -Tag @() -PassThru).Tag.Count | Should -Be 0
    }

    It 'takes away what is equal, and nothing else' {
        (Set-MacInterface web-1 -RemoveTag '42', PROD -PassThru).Tag.Count | Should -Be 2
        "$((Set-MacInterface web-1 -RemoveTag 42 -PassThru).Tag)" | Should -Be prod
    }

    It 'adds to what records of the pipeline have' {
        $null = New-MacInterface web-2 10 -Tag test
        Get-MacInterface | Set-MacInterface -AddTag canary
        (Get-MacInterface).ForEach({ "$($_.Tag)" }) | Should -Be 'canary prod 42', 'canary test'
    }

    It 'leaves tags alone where an empty cell is given' {
        [pscustomobject]@{ Name = 'web-1'; Tag = ''; ArpRateLimit = 7 } | Set-MacInterface
        (Get-MacInterface web-1).Tag.Count | Should -Be 2
    }

    It 'tells with -WhatIf what they would be' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Set-MacInterface web-1 -AddTag x -RemoveTag 42 -WhatIf"
        "$lines" | Should -BeLike '*Change Tag from prod and 42 to prod and x*'
    }
}
