BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Move-MacPolicy' {
    BeforeEach {
        New-ExampleStore
        1..5 | ForEach-Object { $null = Add-MacPolicy 10 "02:00:00:00:00:0$_" * Deny }
    }

    It 'moves policies before and after others, and to the ends' {
        Move-MacPolicy 10 40 -Before 20
        (Get-MacPolicy 10).PolicyId | Should -Be 1, 4, 2, 3, 5
        Move-MacPolicy -PolicyId 1 -After 20
        (Get-MacPolicy 10).PolicyId | Should -Be 4, 2, 1, 3, 5
        Move-MacPolicy -PolicyId 5 -First
        (Get-MacPolicy 10).PolicyId | Should -Be 5, 4, 2, 1, 3
        (Move-MacPolicy -PolicyId 4 -Last -PassThru).PolicyId | Should -Be 4
        (Get-MacPolicy 10).PolicyId | Should -Be 5, 2, 1, 3, 4
    }

    It 'keeps the sequence of what comes from the pipeline' {
        Get-MacPolicy 10 | Where-Object PolicyId -GT 3 | Move-MacPolicy -First
        (Get-MacPolicy 10).PolicyId | Should -Be 4, 5, 1, 2, 3
    }

    It 'warns of those that made room' {
        $null = Reset-MacPolicyOrder 10 -Start 1 -Step 1
        $warning = Move-MacPolicy 10 5 -Before 2 3>&1
        $warning.Message | Should -Match 'orders 2 to 4 of VLAN 10 made room and have orders 3 to 5 now'
        (Get-MacPolicy 10).PolicyId | Should -Be 1, 5, 2, 3, 4
    }

    It 'does nothing with -WhatIf' {
        Get-MacPolicy 10 | Move-MacPolicy -Last -WhatIf
        (Get-MacPolicy 10).PolicyId | Should -Be 1, 2, 3, 4, 5
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an empty place'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Move-MacPolicy 10 11 -First } }
        @{ Case = 'no such neighbour'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Move-MacPolicy 10 10 -Before 15 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Move-MacPolicy 30 10 -First } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes places and ids' {
        (Complete-Line 'Move-MacPolicy -VlanId 10 -Order 10 -Before ').CompletionText | Should -Contain '30'
        (Complete-Line 'Move-MacPolicy -PolicyId ') | Should -HaveCount 5
    }
}
