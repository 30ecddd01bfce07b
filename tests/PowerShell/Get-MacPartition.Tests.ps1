BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacPartition' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'lists all, by name' {
        (Get-MacPartition).Name | Should -Be 'shop-db', 'shop-web'
    }

    It 'takes wildcards and names in any case, and names that do not exist for errors' {
        (Get-MacPartition *-WEB).Name | Should -Be shop-web
        (Get-MacPartition SHOP-DB).Name | Should -Be shop-db
        Get-MacPartition x* | Should -BeNullOrEmpty
        (Get-MacError { Get-MacPartition x }).Id | Should -Be PartitionNotFound
    }

    It 'has their policies in them' {
        "$((Get-MacPartition shop-web).Policy)" | Should -Be 'Outbound Tcp 5432 with shop-db: Allow'
    }

    It 'takes partitions, names and policies from the pipeline' {
        (Get-MacPartition | Get-MacPartition).Name | Should -Be 'shop-db', 'shop-web'
        (Get-MacPartitionPolicy shop-web | Get-MacPartition).Name | Should -Be shop-web
    }

    It 'shows how many numbers are used, and which tag most partitions name' {
        $null = New-MacPartition third -Tag prod, canary -NotTag staff -WarningAction Ignore
        $null = New-MacPartition gone -Tag prod
        Remove-MacPartition gone -Confirm:$false
        $usage = Get-MacPartition -Usage
        "$($usage.Used) $($usage.KeptBack) $($usage.Free) $($usage.MostNamedTag) $($usage.NamedBy)" | Should -Be '3 1 65531 prod 2'
    }

    It 'shows that nothing is used' {
        $null = New-TestStore
        $usage = Get-MacPartition -Usage
        "$($usage.Used) $($usage.Free) $($usage.MostNamedTag) $($usage.NamedBy)" | Should -Be '0 65535  0'
    }
}
