BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = Add-MacPolicy 10 * * Deny -Order 20
    $null = Add-MacPolicy 10 * * Drop -Order 5
    $third = Add-MacPolicy 20 * * Allow -Order 5
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacPolicy' {
    It 'lists policies in the order in which they are asked' {
        (Get-MacPolicy 10).Order | Should -Be 5, 20
        (Get-MacPolicy).VlanId | Should -Be 10, 10, 20
    }

    It 'shows those at a place, or by id' {
        (Get-MacPolicy 10 -Order 20).Action | Should -Be 'Deny'
        (Get-MacPolicy -Order 5).Action | Should -Be 'Drop', 'Allow'
        (Get-MacPolicy -PolicyId $third.PolicyId).VlanId | Should -Be 20
    }

    It 'takes VLANs from the pipeline, by value and by property name' {
        (20, 10 | Get-MacPolicy).Order | Should -Be 5, 5, 20
        (Get-MacVlan | Get-MacPolicy) | Should -HaveCount 3
    }

    It 'finds what has expired' {
        $null = Add-MacPolicy 10 02:00:00:00:00:0a * Deny -Before 5 -ExpiresAt ([DateTimeOffset]::UtcNow.AddMilliseconds(1500))
        @(Get-MacPolicy 10 -Expired) | Should -HaveCount 0
        while ([DateTimeOffset]::UtcNow -lt (Get-MacPolicy 10).Where({ $_.ExpiresAt })[0].ExpiresAt) { }
        "$((Get-MacPolicy 10 -Expired).SourceAddress)" | Should -Be '02:00:00:00:00:0a'
        (Test-MacPolicy 10 02:00:00:00:00:0a ff:ff:ff:ff:ff:ff).Explanation | Should -Match 'A policy that expired .* would have decided'
        Get-MacPolicy -Expired | Remove-MacPolicy
        @(Get-MacPolicy -Expired) | Should -HaveCount 0
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacPolicy 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacPolicy 0 } }
        @{ Case = 'an empty place'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacPolicy 10 -Order 6 } }
        @{ Case = 'an unknown id'; Id = 'PolicyNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacPolicy -PolicyId 99 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs, places and ids' {
        (Complete-Line 'Get-MacPolicy -VlanId ').CompletionText | Should -Be '10', '20'
        $orders = Complete-Line 'Get-MacPolicy -VlanId 10 -Order '
        $orders.CompletionText | Should -Be '5', '20'
        $orders[1].ToolTip | Should -Be '20: * -> * Deny'
        (Complete-Line 'Get-MacPolicy -PolicyId ') | Should -HaveCount 3
    }
}
