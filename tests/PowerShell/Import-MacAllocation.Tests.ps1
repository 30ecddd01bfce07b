BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Import-MacAllocation' {
    BeforeEach {
        New-ExampleStore
        $adapters = @(
            [pscustomobject]@{ VMName = 'vm-1'; Name = 'Network Adapter'; MacAddress = '001A2B3C4101'; DynamicMacAddressEnabled = $true }
            [pscustomobject]@{ VMName = 'vm-2'; Name = 'Network Adapter'; MacAddress = '000000000000'; DynamicMacAddressEnabled = $true }
        )
    }

    It 'takes in adapters of Hyper-V, and leaves out those without an address' {
        $said = $adapters | Import-MacAllocation -VlanId 10 3>&1
        $said.Where({ $_ -is [MacSegmentation.Adoption.AdoptedAddress] }).Outcome | Should -Be Imported
        "$($said.Where({ $_ -is [System.Management.Automation.WarningRecord] }))" | Should -Match "'vm-2' is left out"
        (Get-MacAllocation).InstanceId | Should -Be vm-1
        ($adapters[0] | Import-MacAllocation).Outcome | Should -Be Existing
    }

    It 'makes interface records' {
        $null = $adapters[0] | Import-MacAllocation -VlanId 10 -Interface
        (Get-MacInterface).Name | Should -Be 'vm-1/Network Adapter'
        (Get-MacInterface).InstanceId | Should -Be vm-1
    }

    It 'reads the columns of <System>' -ForEach @(
        @{ System = 'SCVMM'; Row = [pscustomobject]@{ VirtualMachine = 'vm-7'; PhysicalAddress = '00:1A:2B:3C:41:07' } }
        @{ System = 'VMware'; Row = [pscustomobject]@{ VM = 'vm-7'; 'MAC Address' = '00:1a:2b:3c:41:07' } }
        @{ System = 'SCVMM 2008'; Row = [pscustomobject]@{ VMName = 'vm-7'; EthernetAddress = '00-1A-2B-3C-41-07' } }
        @{ System = 'a spreadsheet'; Row = [pscustomobject]@{ 'VM Name' = 'vm-7'; 'Physical Address' = '001a.2b3c.4107' } }
    ) {
        ($Row | Import-MacAllocation).Outcome | Should -Be Imported
        "$((Get-MacAllocation -InstanceId vm-7).MacAddress)" | Should -Be '00:1a:2b:3c:41:07'
    }

    It 'tells of each row what came of it, and of all together' {
        $null = New-MacAllocation 10 other -MacAddress 00:1a:2b:3c:41:01
        $null = Add-MacReservation 10 00:1a:2b:3c:4f:00/40
        $rows = "vm-1,001A2B3C4101`nvm-2,3c:52:82:00:00:01`nvm-3,nothing`nvm-4,00:1a:2b:3c:4f:01`nvm-5,00:1a:2b:3c:41:05" | ConvertFrom-Csv -Header VMName, MacAddress
        $said = $rows | Import-MacAllocation -VlanId 10 -WarningVariable warned -WarningAction SilentlyContinue
        $said.Outcome | Should -Be Clash, OutOfRange, Invalid, Clash, Imported
        "$warned" | Should -Be 'Not all was taken in: 1 Imported, 2 Clash, 1 OutOfRange, 1 Invalid.'
        ($rows[3] | Import-MacAllocation -VlanId 10 -Force).Outcome | Should -Be Imported
    }

    It 'changes nothing with -WhatIf, and sees rows that clash with each other' {
        $revision = (Get-MacStore).Revision
        $said = $adapters[0], [pscustomobject]@{ VMName = 'vm-9'; MacAddress = '001A2B3C4101' } | Import-MacAllocation -WhatIf -WarningAction SilentlyContinue
        $said.Outcome | Should -Be Imported, Clash
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'takes in ten thousand rows' {
        $rows = 1..10000 | ForEach-Object { [pscustomobject]@{ VMName = "vm-$_"; MacAddress = '02005E10{0:X4}' -f $_ } }
        $said = $rows | Import-MacAllocation -VlanId 20
        $said.Where({ $_.Outcome -ne 'Imported' }) | Should -HaveCount 0
        (Get-MacPool 20).Used | Should -Be 10000
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Import-MacAllocation -VlanId 30 -InstanceId x -MacAddress 00:1a:2b:3c:41:01 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Import-MacAllocation -VlanId 4095 -InstanceId x -MacAddress 00:1a:2b:3c:41:01 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }
}
