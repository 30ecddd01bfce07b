BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacPool' {
    BeforeEach {
        New-ExampleStore
    }

    It 'shows size, used, free, held down and the largest free run' {
        Set-MacVlan 10 -ReuseDelay 01:00:00
        $null = 'vm-1', 'vm-2', 'vm-3' | New-MacAllocation 10
        Remove-MacAllocation -InstanceId vm-2
        $null = New-MacAllocation 10 vm-9 -MacAddress 00:1a:2b:3c:48:00
        $pool = Get-MacPool 10
        $pool | Should -BeOfType MacSegmentation.Pools.MacPool
        $pool.Size | Should -Be 4096
        $pool.Used | Should -Be 3
        $pool.HeldDown | Should -Be 1
        $pool.Resting | Should -Be 1 -Because 'this is its former name'
        $pool.Free | Should -Be 4092
        $pool.LargestFreeRun | Should -Be 2047
    }

    It 'shows all pools' {
        (Get-MacPool).Name | Should -Be 'cameras', 'plc'
    }

    It 'takes VLANs from the pipeline, by value and by property name' {
        (20, 10 | Get-MacPool).VlanId | Should -Be 20, 10
        (Get-MacVlan | Get-MacPool).Size | Should -Be 4096, 65536
        ([pscustomobject]@{ VlanId = 20 } | Get-MacPool).Size | Should -Be 65536
    }

    It 'measures a pool of 2^40 addresses' {
        $null = New-MacVlan 30 -Range 06-00-00-00-00-00/8
        (Get-MacPool 30).Free | Should -Be ([math]::Pow(2, 40))
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacPool 30 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacPool 4095 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
    }

    It 'completes VLANs' {
        (Complete-Line 'Get-MacPool ').CompletionText | Should -Contain '20'
    }
}
