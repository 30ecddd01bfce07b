BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = Add-MacPolicy 10 * * Deny
        $null = Add-MacPolicy 10 * ff:ff:ff:ff:ff:ff Allow
        $other = Add-MacPolicy 20 * * Deny
    }

    It 'removes a policy by its place, or by its id' {
        Remove-MacPolicy 10 20 | Should -BeNullOrEmpty
        (Remove-MacPolicy -PolicyId $other.PolicyId -PassThru).VlanId | Should -Be 20
        "$(Get-MacPolicy)" | Should -Be '10: * -> * Deny'
    }

    It 'takes policies from the pipeline, by property name' {
        Get-MacPolicy 10 | Where-Object Action -EQ Deny | Remove-MacPolicy
        (Get-MacPolicy 10).Action | Should -Be 'Allow'
        Get-MacPolicy | Remove-MacPolicy
        Get-MacPolicy | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf' {
        Get-MacPolicy | Remove-MacPolicy -WhatIf
        Get-MacPolicy | Should -HaveCount 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an empty place'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacPolicy 10 11 } }
        @{ Case = 'an unknown id'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacPolicy -PolicyId 99 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacPolicy 30 10 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Remove-MacPolicy 4095 10 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs, places and ids' {
        (Complete-Line 'Remove-MacPolicy -VlanId ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Remove-MacPolicy -VlanId 10 -Order ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Remove-MacPolicy -PolicyId ') | Should -HaveCount 3
    }
}
