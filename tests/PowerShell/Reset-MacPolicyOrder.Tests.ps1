BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Reset-MacPolicyOrder' {
    BeforeEach {
        New-ExampleStore
        1..3 | ForEach-Object { $null = Add-MacPolicy 10 "02:00:00:00:00:0$_" * Deny -Order $_ }
    }

    It 'renumbers, and keeps the sequence' {
        Reset-MacPolicyOrder 10
        (Get-MacPolicy 10).Order | Should -Be 10, 20, 30
        (Reset-MacPolicyOrder 10 -Start 5 -Step 2 -PassThru).Order | Should -Be 5, 7, 9
        (Get-MacPolicy 10).PolicyId | Should -Be 1, 2, 3
        (Get-MacAuditEvent -Newest 1).Action | Should -Be ResetPolicyOrder
    }

    It 'takes VLANs from the pipeline' {
        Get-MacVlan | Reset-MacPolicyOrder -Step 100
        (Get-MacPolicy 10).Order | Should -Be 10, 110, 210
    }

    It 'does nothing with -WhatIf' {
        Reset-MacPolicyOrder 10 -WhatIf
        (Get-MacPolicy 10).Order | Should -Be 1, 2, 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a step of 0'; Id = 'InvalidPolicyOrder'; Category = 'InvalidArgument'; Command = { Reset-MacPolicyOrder 10 -Step 0 } }
        @{ Case = 'numbers beyond the highest'; Id = 'InvalidPolicyOrder'; Category = 'InvalidArgument'; Command = { Reset-MacPolicyOrder 10 -Step 2147483647 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Reset-MacPolicyOrder 30 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs' {
        (Complete-Line 'Reset-MacPolicyOrder ').CompletionText | Should -Contain '20'
    }
}
