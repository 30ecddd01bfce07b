BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacPartitionPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'lists them by partition and place' {
        (Get-MacPartitionPolicy).PolicyId | Should -Be 2, 1
        (Get-MacPartitionPolicy shop-web).PolicyId | Should -Be 1
        (Get-MacPartitionPolicy *-db).PolicyId | Should -Be 2
        (Get-MacPartition shop-db | Get-MacPartitionPolicy).PolicyId | Should -Be 2
    }

    It 'lists those of a direction, and those for both' {
        (Get-MacPartitionPolicy -Direction Inbound).PolicyId | Should -Be 2
        (Get-MacPartitionPolicy -Direction Outbound).PolicyId | Should -Be 2, 1
    }

    It 'finds them by number' {
        (Get-MacPartitionPolicy -PolicyId 1, 2).Partition | Should -Be 'shop-web', 'shop-db'
        (Get-MacError { Get-MacPartitionPolicy -PolicyId 9 }).Id | Should -Be PartitionPolicyNotFound
        (Get-MacError { Get-MacPartitionPolicy none }).Id | Should -Be PartitionNotFound
    }
}
