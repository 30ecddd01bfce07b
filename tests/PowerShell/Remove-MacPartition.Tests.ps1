BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacPartition' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'removes a partition with its policies' {
        Remove-MacPartition shop-web -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacPartition).Name | Should -Be shop-db
        (Get-MacPartitionPolicy).Partition | Should -Be shop-db
    }

    It 'leaves one that policies of others name, and says how it can go' {
        $failure = Get-MacError { Remove-MacPartition shop-db -Confirm:$false }
        $failure.Id | Should -Be PartitionInUse
        $failure.Message | Should -BeLike "*'shop-web'*Remove-MacPartitionPolicy*"
    }

    It 'removes several from the pipeline and writes them as they were' {
        $gone = 'shop-web', 'shop-db' | Remove-MacPartition -Confirm:$false -PassThru
        $gone.Name | Should -Be 'shop-web', 'shop-db'
        $gone[0].Policy.Count | Should -Be 1
        Get-MacPartition | Should -BeNullOrEmpty
    }

    It 'asks before it destroys, and not about what would be refused' {
        (Get-MacError { Remove-MacPartition none }).Id | Should -Be PartitionNotFound
        (Get-Command Remove-MacPartition).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be High
        Remove-MacPartition shop-web -WhatIf
        (Get-MacPartition).Count | Should -Be 2
    }
}
