BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacReservation' {
    BeforeEach {
        New-ExampleStore
        $null = Add-MacReservation 10 00:1a:2b:3c:40:00/44 switches
    }

    It 'describes it otherwise' {
        Set-MacReservation 10 00:1a:2b:3c:40:00/44 -Description routers
        (Get-MacReservation).Description | Should -Be routers
        (Get-MacReservation | Set-MacReservation -Description '' -PassThru).Description | Should -Be ''
        (Get-MacAuditEvent -Newest 1).Action | Should -Be ChangeReservation
    }

    It 'does nothing with -WhatIf' {
        Set-MacReservation 10 00:1a:2b:3c:40:00/44 -Description routers -WhatIf
        (Get-MacReservation).Description | Should -Be switches
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'other addresses'; Id = 'ReservationNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacReservation 10 00:1a:2b:3c:40:00/45 -Description x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }
}
