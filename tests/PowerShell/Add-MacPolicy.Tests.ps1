BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacPolicy' {
    BeforeEach {
        New-ExampleStore
    }

    It 'adds policies, last unless placed' {
        $last = Add-MacPolicy 10 -SourceAddress 00:1A:2B:3C:40:00 -DestinationAddress * -Action Deny
        $last | Should -BeOfType MacSegmentation.Policies.MacPolicy
        "$last" | Should -Be '10: 00:1a:2b:3c:40:00 -> * Deny'
        $placed = Add-MacPolicy 10 -SourceAddress 00:1a:2b:00:00:00/24 -DestinationAddress * -Action Allow -Order 5
        $placed.Order | Should -Be 5
        (Add-MacPolicy 10 * * Drop).Order | Should -Be 20
        (Get-MacPolicy 10).Order | Should -Be 5, 10, 20
    }

    It 'refuses the bits below a prefix, with both readings' {
        { Add-MacPolicy 10 00:1a:2b:3c:4d:5e/24 * Deny -ErrorAction Stop } |
            Should -Throw '*Give 00:1a:2b:00:00:00/24 for all addresses that agree with it there, or 00:1a:2b:3c:4d:5e for that one address.*'
        Get-MacPolicy | Should -BeNullOrEmpty
    }

    It 'says all multicast, broadcast and unicast, and any bits' {
        $added = Add-MacPolicy 10 unicast Multicast Deny
        "$added" | Should -Be '10: Unicast -> Multicast Deny'
        "$(Add-MacPolicy 10 02:00:00:00:00:07/ff:00:00:00:00:ff Broadcast Drop)" | Should -Be '20: 02:00:00:00:00:07/ff:00:00:00:00:ff -> ff:ff:ff:ff:ff:ff Drop'
        (Test-MacPolicy 10 02:00:00:00:00:01 33:33:00:00:00:01).Policy.Order | Should -Be 10
        (Test-MacPolicy 10 02:00:00:00:00:01 02:00:00:00:00:02).Policy | Should -BeNullOrEmpty
        (TabExpansion2 'Add-MacPolicy 10 * mul').CompletionMatches.CompletionText | Should -Be 'Multicast'
        (TabExpansion2 'Add-MacPolicy 10 u').CompletionMatches.CompletionText | Should -Be 'Unicast'
    }

    It 'takes policies from the pipeline, by property name' {
        $added = @'
VlanId,SourceAddress,DestinationAddress,Action,Order
10,*,01:00:5e:00:00:00/25,Drop,7
20,02:00:5e:10:00:01,*,Deny,3
'@ | ConvertFrom-Csv | Add-MacPolicy
        "$added" | Should -Be '7: * -> 01:00:5e:00:00:00/25 Drop 3: 02:00:5e:10:00:01 -> * Deny'
    }

    It 'copies policies from VLAN to VLAN' {
        $null = Add-MacPolicy 10 * ff:ff:ff:ff:ff:ff Drop -Order 3
        (Get-MacPolicy 10 | Add-MacPolicy -VlanId 20).VlanId | Should -Be 20
        "$(Get-MacPolicy 20)" | Should -Be "$(Get-MacPolicy 10)"
    }

    It 'takes the policies of a configuration document' {
        $added = (Get-Content $ExampleConfiguration -Raw | ConvertFrom-Json).vlans[0].policies | Add-MacPolicy 10
        $added.Order | Should -Be 10, 20, 30, 40
    }

    It 'takes an allocation''s address' {
        $allocation = New-MacAllocation 10 vm-1
        "$((Add-MacPolicy 10 $allocation.MacAddress * Deny).SourceAddress)" | Should -Be "$($allocation.MacAddress)"
    }

    It 'does nothing with -WhatIf' {
        Add-MacPolicy 10 * * Deny -WhatIf | Should -BeNullOrEmpty
        Get-MacPolicy | Should -BeNullOrEmpty
    }

    It 'has a life, and says so in the list' {
        $end = (Get-Date).AddHours(8)
        $policy = Add-MacPolicy 10 02:00:00:00:00:01 * Deny -Description 'CHG-4711' -ExpiresAt $end
        $policy.Description | Should -Be 'CHG-4711'
        [math]::Abs(($policy.ExpiresAt - [DateTimeOffset] $end).TotalMilliseconds) | Should -BeLessThan 1
        (Add-MacPolicy 10 02:00:00:00:00:02 * Deny -Disabled).Disabled | Should -BeTrue
        (Get-MacPolicy 10 | Out-String -Width 80) | Should -Match '(?s)until.*off'
        (Test-MacPolicy 10 02:00:00:00:00:02 ff:ff:ff:ff:ff:ff).Explanation | Should -Match 'A disabled policy would have decided'
        (Get-MacError { Add-MacPolicy 10 02:00:00:00:00:03 * Deny -ExpiresAt (Get-Date).AddMinutes(-1) }).Id | Should -Be PolicyExpiryPassed
        (Get-MacError { Add-MacPolicy 10 02:00:00:00:00:02 * Deny }).Message | Should -Match '-Disabled:\$false'
    }

    It 'goes before and after others' {
        $null = Add-MacPolicy 10 02:00:00:00:00:01 * Deny -Order 10
        $null = Add-MacPolicy 10 02:00:00:00:00:02 * Deny -Order 11
        (Add-MacPolicy 10 02:00:00:00:00:03 * Deny -Before 10).Order | Should -Be 5
        $said = Add-MacPolicy 10 02:00:00:00:00:04 * Deny -After 10 3>&1
        $said[0].Message | Should -Match 'order 11 of VLAN 10 made room and has order 12 now'
        (Get-MacPolicy 10).Order | Should -Be 5, 10, 11, 12
    }

    It 'comes back with its life from <Form>' -ForEach @(
        @{ Form = 'CSV'; Save = { $args[0] | Export-Csv "$TestDrive/p.csv" }; Load = { Import-Csv "$TestDrive/p.csv" } }
        @{ Form = 'JSON'; Save = { $args[0] | ConvertTo-Json | Set-Content "$TestDrive/p.json" }; Load = { Get-Content "$TestDrive/p.json" -Raw | ConvertFrom-Json } }
        @{ Form = 'CLIXML'; Save = { $args[0] | Export-Clixml "$TestDrive/p.xml" }; Load = { Import-Clixml "$TestDrive/p.xml" } }
    ) {
        $end = [DateTimeOffset]::new([DateTime]::UtcNow.Date.AddDays(2), [timespan]::Zero)
        & $Save (Add-MacPolicy 10 02:00:00:00:00:01 * Deny -Description 'CHG-4711' -ExpiresAt $end -Disabled)
        Get-MacPolicy | Remove-MacPolicy
        $policy = & $Load | Add-MacPolicy
        $policy.Description, $policy.Disabled, $policy.ExpiresAt | Should -Be 'CHG-4711', $true, $end
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacPolicy 30 * * Deny } }
        @{ Case = 'a group as source'; Id = 'InvalidPolicySource'; Category = 'InvalidArgument'; Command = { Add-MacPolicy 10 Multicast * Deny } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Add-MacPolicy 0 * * Deny } }
        @{ Case = 'the same policy twice'; Id = 'PolicyExists'; Category = 'ResourceExists'; Command = { Add-MacPolicy 10 * ff:ff:ff:ff:ff:ff Deny -Order 99 } }
        @{ Case = 'an order that is taken'; Id = 'PolicyOrderTaken'; Category = 'ResourceExists'; Command = { Add-MacPolicy 10 * * Drop -Order 10 } }
        @{ Case = 'order 0'; Id = 'InvalidPolicyOrder'; Category = 'InvalidArgument'; Command = { Add-MacPolicy 10 * * Drop -Order 0 } }
        @{ Case = 'a list that is full'; Id = 'PolicyListFull'; Category = 'LimitsExceeded'; Command = { Add-MacPolicy 20 * * Drop } }
        @{ Case = 'no pattern'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacPolicy 10 x * Deny } }
        @{ Case = 'a long prefix'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacPolicy 10 00:1a:2b:00:00:00/49 * Deny } }
        @{ Case = 'no action'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacPolicy 10 * * Refuse } }
    ) {
        $null = Add-MacPolicy 10 * ff:ff:ff:ff:ff:ff Deny
        $null = Add-MacPolicy 20 * * Deny -Order ([int]::MaxValue)
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$|"$'
    }

    It 'completes VLANs and actions' {
        (Complete-Line 'Add-MacPolicy -VlanId ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Add-MacPolicy -Action ').CompletionText | Should -Be 'Allow', 'Deny', 'Drop'
    }
}
