BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacReservation' {
    BeforeEach {
        New-ExampleStore
        $null = Add-MacReservation 10 00:1a:2b:3c:40:00/44 switches
    }

    It 'gives the addresses back' {
        (Remove-MacReservation 10 00:1a:2b:3c:40:00/44 -PassThru).Description | Should -Be switches
        (Get-MacPool 10).Free | Should -Be 4096
        (New-MacAllocation 10 vm-1).MacAddress | Should -Be '00:1a:2b:3c:40:00'
    }

    It 'is needed before its addresses leave the pool' {
        (Get-MacError { Set-MacVlan 10 -RemoveRange 00:1a:2b:3c:40:00/40 }).Id | Should -Be RangeReserved
        Get-MacReservation | Remove-MacReservation -Force
        Set-MacVlan 10 -RemoveRange 00:1a:2b:3c:40:00/40
        (Get-MacPool 10).Size | Should -Be 3840
    }

    It 'does nothing with -WhatIf' {
        Get-MacReservation | Remove-MacReservation -WhatIf
        Get-MacReservation | Should -Not -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'other addresses'; Id = 'ReservationNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacReservation 10 00:1a:2b:3c:40:00/45 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }
}
