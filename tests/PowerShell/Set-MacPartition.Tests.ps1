BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacPartition' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'changes what is given and leaves the rest' {
        Set-MacPartition shop-web -Priority 300 | Should -BeNullOrEmpty
        $after = Set-MacPartition shop-web -NotTag canary -Match Any -Staged $true -PassThru
        "$($after.Id) $($after.Priority) $($after.Match) $($after.Tag) | $($after.NotTag) $($after.IsStaged) $($after.Policy.Count)" |
            Should -Be '1 300 Any prod {"tier":"web"} | canary True 1'
        (Set-MacPartition shop-web -NotTag @() -Staged $false -PassThru).NotTag.Count | Should -Be 0
    }

    It 'warns when nobody is left in it' {
        Set-MacPartition shop-web -Tag nobody -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*No interface record is in partition 'shop-web'*"
        Set-MacPartition shop-web -Tag prod -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'refuses what cannot be' {
        (Get-MacError { Set-MacPartition shop-web -Tag @() }).Id | Should -Be PartitionWithoutTags
        (Get-MacError { Set-MacPartition shop-web -Priority -1 }).Id | Should -Be InvalidPartitionPriority
        (Get-MacError { Set-MacPartition none -Priority 1 }).Id | Should -Be PartitionNotFound
        (Get-MacError { Set-MacPartition shop-web }).Id | Should -Be NothingToChange
    }

    It 'takes partitions from the pipeline' {
        Get-MacPartition | Set-MacPartition -Priority 7
        (Get-MacPartition).Priority | Should -Be 7, 7
        (Get-MacPartition).Tag.Count | Should -Be 3
    }

    It 'tells with -WhatIf from what to what it would change' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Set-MacPartition shop-web -Priority 7 -Staged `$true -WhatIf"
        "$lines" | Should -BeLike "*Change Priority from 100 to 7, IsStaged from off to on*Partition 'shop-web'*"
    }
}
