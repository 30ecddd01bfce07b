BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacReservation' {
    BeforeEach {
        New-ExampleStore
        $null = Add-MacReservation 10 00:1a:2b:3c:40:00/44 switches
        $null = Add-MacReservation 20 02:00:5e:10:00:00/44 routers
    }

    It 'lists them by VLAN and by address' {
        (Get-MacReservation).Description | Should -Be 'switches', 'routers'
        (Get-MacReservation 20).Description | Should -Be routers
        (Get-MacVlan 10 | Get-MacReservation).Description | Should -Be switches
        (Get-MacReservation -Range 02:00:5e:10:00:07).VlanId | Should -Be 20
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacReservation 30 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes reservations' {
        (Complete-Line 'Get-MacReservation -VlanId 20 -Range ').CompletionText | Should -Contain '02:00:5e:10:00:00-02:00:5e:10:00:0f'
    }
}
