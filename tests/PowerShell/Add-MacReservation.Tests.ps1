BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacReservation' {
    BeforeEach {
        New-ExampleStore
    }

    It 'keeps addresses back' {
        $reservation = Add-MacReservation 10 00:1a:2b:3c:40:00/44 switches
        $reservation | Should -BeOfType MacSegmentation.Pools.MacReservation
        $reservation.Size | Should -Be 16
        (New-MacAllocation 10 vm-1).MacAddress | Should -Be '00:1a:2b:3c:40:10'
        $pool = Get-MacPool 10
        $pool.Reserved, $pool.Free, $pool.Used | Should -Be 16, 4079, 1
        (Get-MacError { New-MacAllocation 10 vm-2 -MacAddress 00:1a:2b:3c:40:01 }).Message | Should -Match "'switches'"
        (New-MacAllocation 10 vm-2 -MacAddress 00:1a:2b:3c:40:01 -Force).InstanceId | Should -Be vm-2
    }

    It 'warns of addresses that are given out' {
        $null = New-MacAllocation 10 vm-1
        $said = Add-MacReservation 10 00:1a:2b:3c:40:00/44 3>&1
        $said[0].Message | Should -Match "1 address is given out and stays so: 00:1a:2b:3c:40:00 to 'vm-1'"
    }

    It 'comes back from <Form>' -ForEach @(
        @{ Form = 'CSV'; Save = { $args[0] | Export-Csv "$TestDrive/r.csv" }; Load = { Import-Csv "$TestDrive/r.csv" } }
        @{ Form = 'JSON'; Save = { $args[0] | ConvertTo-Json | Set-Content "$TestDrive/r.json" }; Load = { Get-Content "$TestDrive/r.json" -Raw | ConvertFrom-Json } }
        @{ Form = 'CLIXML'; Save = { $args[0] | Export-Clixml "$TestDrive/r.xml" }; Load = { Import-Clixml "$TestDrive/r.xml" } }
    ) {
        & $Save (Add-MacReservation 10 00:1a:2b:3c:40:00/44 switches)
        Get-MacReservation | Remove-MacReservation
        (& $Load | Add-MacReservation).Description | Should -Be switches
        "$((Get-MacReservation).Range)" | Should -Be '00:1a:2b:3c:40:00-00:1a:2b:3c:40:0f'
    }

    It 'does nothing with -WhatIf' {
        Add-MacReservation 10 00:1a:2b:3c:40:00/44 -WhatIf
        Get-MacReservation | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'addresses of no pool'; Id = 'RangeNotInVlan'; Category = 'ObjectNotFound'; Command = { Add-MacReservation 10 06:00:00:00:00:00/44 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacReservation 30 00:1a:2b:3c:40:00/44 } }
        @{ Case = 'no range'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacReservation 10 x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }
}
