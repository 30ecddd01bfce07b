BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacPolicy' {
    BeforeEach {
        New-ExampleStore
        $first = Add-MacPolicy 10 * * Deny
        $second = Add-MacPolicy 10 * ff:ff:ff:ff:ff:ff Allow
    }

    It 'moves a policy' {
        Set-MacPolicy 10 20 -NewOrder 5 | Should -BeNullOrEmpty
        (Get-MacPolicy 10).Action | Should -Be 'Allow', 'Deny'
        (Get-MacPolicy 10).PolicyId | Should -Be $second.PolicyId, $first.PolicyId
    }

    It 'changes what is given and leaves the rest' {
        $changed = Set-MacPolicy -VlanId 10 -Order 10 -SourceAddress 00:1a:2b:00:00:00/24 -Action Drop -PassThru
        "$changed" | Should -Be '10: 00:1a:2b:00:00:00/24 -> * Drop'
        "$(Set-MacPolicy -PolicyId $changed.PolicyId -DestinationAddress 01:00:5e:00:00:00/25 -PassThru)" | Should -Be '10: 00:1a:2b:00:00:00/24 -> 01:00:5e:00:00:00/25 Drop'
    }

    It 'takes policies from the pipeline, by property name' {
        Get-MacPolicy 10 | Where-Object Action -EQ Deny | Set-MacPolicy -Action Drop
        (Get-MacPolicy 10).Action | Should -Be 'Drop', 'Allow'
        [pscustomobject]@{ PolicyId = $second.PolicyId } | Set-MacPolicy -NewOrder 7
        (Get-MacPolicy 10).Order | Should -Be 7, 10
    }

    It 'changes nothing where nothing is new' {
        $revision = (Get-MacStore).Revision
        Set-MacPolicy 10 10 -Action Deny
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'does nothing with -WhatIf' {
        Get-MacPolicy | Set-MacPolicy -Action Drop -WhatIf
        (Get-MacPolicy 10).Action | Should -Be 'Deny', 'Allow'
    }

    It 'disables, enables, and sets and takes away an end' {
        Set-MacPolicy 10 10 -Disabled
        (Get-MacPolicy 10 -Disabled).Order | Should -Be 10
        Set-MacPolicy 10 10 -Enabled -Description why
        (Get-MacPolicy 10 10).Description | Should -Be why
        (Set-MacPolicy 10 10 -Disabled -PassThru | Set-MacPolicy -Disabled:$false -PassThru).Disabled | Should -BeFalse
        (Set-MacPolicy 10 10 -ExpiresAt (Get-Date).AddHours(1) -PassThru).ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        Get-MacPolicy 10 10 | Set-MacPolicy -NoExpiry
        (Get-MacPolicy 10 10).ExpiresAt | Should -BeNullOrEmpty
        (Get-MacError { Set-MacPolicy 10 10 -Enabled -Disabled }).Id | Should -Be ParametersExclude
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an empty place'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacPolicy 10 11 -Action Drop } }
        @{ Case = 'an unknown id'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacPolicy -PolicyId 99 -Action Drop } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacPolicy 30 10 -Action Drop } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Set-MacPolicy 0 10 -Action Drop } }
        @{ Case = 'an order that is taken'; Id = 'PolicyOrderTaken'; Category = 'ResourceExists'; Command = { Set-MacPolicy 10 10 -NewOrder 20 } }
        @{ Case = 'order -1'; Id = 'InvalidPolicyOrder'; Category = 'InvalidArgument'; Command = { Set-MacPolicy 10 10 -NewOrder -1 } }
        @{ Case = 'a policy that is there'; Id = 'PolicyExists'; Category = 'ResourceExists'; Command = { Set-MacPolicy 10 10 -DestinationAddress ff:ff:ff:ff:ff:ff -Action Allow } }
        @{ Case = 'no pattern'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacPolicy 10 10 -SourceAddress x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs, places and ids' {
        (Complete-Line 'Set-MacPolicy -VlanId ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Set-MacPolicy -VlanId 10 -Order ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Set-MacPolicy -PolicyId ') | Should -HaveCount 2
    }
}
