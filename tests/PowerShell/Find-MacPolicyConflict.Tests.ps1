BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Find-MacPolicyConflict' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
    }

    It 'finds nothing where nothing is in the way' {
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
        Find-MacPolicyConflict | Should -BeNullOrEmpty
    }

    It 'finds <Kind>' -ForEach @(
        @{ Kind = 'Shadowed'; Policies = { Add-MacPartitionPolicy shop-db * Deny; Add-MacPartitionPolicy shop-db * Allow -Staged; Add-MacPartitionPolicy shop-db * Redirect -To x } }
        @{ Kind = 'Redundant'; Policies = { Add-MacPartitionPolicy shop-db * Deny; Add-MacPartitionPolicy shop-db shop-web Deny -Order 2 } }
        @{ Kind = 'Tie'; Policies = { Add-MacPartitionPolicy shop-db * Redirect -To x -Protocol Tcp -Port 1, 2; Add-MacPartitionPolicy shop-db * Redirect -To y -Protocol Tcp -Port 2, 3 -WarningAction Ignore } }
    ) {
        $null = & $Policies
        $found = @(Find-MacPolicyConflict)
        $found.Count | Should -Be 1
        $found.Kind | Should -Be $Kind
        @($found.From, $found.To) | Sort-Object | Should -Be 'db-1', 'web-1'
        $found.Reason | Should -Match "[.]$"
    }

    It 'shows a packet that both match' {
        $null = Add-MacPartitionPolicy shop-db * Redirect -To x -Protocol Tcp -Port 1, 2
        $null = Add-MacPartitionPolicy shop-db * Redirect -To y -Protocol Tcp -Port 2, 3 -WarningAction Ignore
        $found = Find-MacPolicyConflict
        "$($found.Protocol) $($found.Port)" | Should -Be 'Tcp 2'
    }
}
