BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacPartitionPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'removes policies by number' {
        Remove-MacPartitionPolicy 1 -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacPartitionPolicy).PolicyId | Should -Be 2
        (Get-MacError { Remove-MacPartitionPolicy 1 -Confirm:$false }).Id | Should -Be PartitionPolicyNotFound
    }

    It 'removes those of the pipeline and writes them as they were' {
        (Get-MacPartitionPolicy | Remove-MacPartitionPolicy -Confirm:$false -PassThru).PolicyId | Should -Be 2, 1
        Get-MacPartitionPolicy | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf' {
        Remove-MacPartitionPolicy 1, 2 -WhatIf
        (Get-MacPartitionPolicy).Count | Should -Be 2
    }
}
