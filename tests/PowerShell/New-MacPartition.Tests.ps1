BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacPartition' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
    }

    It 'creates a partition with what is given' {
        $made = New-MacPartition shop-web -Tag prod, @{ tier = 'web' } -NotTag canary -Match Any -Priority 200 -Id 4001 -Staged
        "$($made.Id) $($made.Name) $($made.Priority) $($made.Match) $($made.Tag) | $($made.NotTag) $($made.IsStaged) $($made.Policy.Count)" |
            Should -Be '4001 shop-web 200 Any prod {"tier":"web"} | canary True 0'
        "$(Get-MacPartition shop-web)" | Should -Be "$made"
    }

    It 'gives the lowest number that is free' {
        (New-MacPartition a -Tag prod).Id | Should -Be 1
        (New-MacPartition b -Tag prod -Id 3).Id | Should -Be 3
        (New-MacPartition c -Tag prod).Id | Should -Be 2
        (New-MacPartition d -Tag prod).Id | Should -Be 4
    }

    It 'warns of a partition that nobody is in, and of no other' {
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' } -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
        $null = New-MacPartition nobody -Tag prod, canary -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*No interface record is in partition 'nobody'*Set-MacInterface -AddTag*"
    }

    It 'takes a number of a short time ago only by force, with a warning' {
        $null = New-MacPartition old -Tag prod -Id 7
        Remove-MacPartition old -Confirm:$false
        (Get-MacError { New-MacPartition new -Tag prod -Id 7 }).Id | Should -Be PartitionIdRetired
        (New-MacPartition new -Tag prod -Id 7 -Force -WarningVariable warned -WarningAction SilentlyContinue).Id | Should -Be 7
        "$warned" | Should -BeLike "*Number 7 was that of partition 'old'*"
    }

    It 'takes a number without force once it is kept back no longer' {
        $null = New-MacPartition old -Tag prod -Id 7
        Remove-MacPartition old -Confirm:$false
        Set-MacStore -PartitionIdReuseDelay 0
        (New-MacPartition new -Tag prod -Id 7 -WarningVariable warned).Id | Should -Be 7
        $warned | Should -BeNullOrEmpty
    }

    It 'refuses <Call> with <Id>' -ForEach @(
        @{ Call = "'' -Tag x"; Id = 'InvalidPartitionName' }
        @{ Call = 'vlan:10 -Tag x'; Id = 'InvalidPartitionName' }
        @{ Call = 'x'; Id = 'PartitionWithoutTags' }
        @{ Call = 'x -Tag x -Priority 65536'; Id = 'InvalidPartitionPriority' }
        @{ Call = 'x -Tag x -Id 65536'; Id = 'InvalidPartitionId' }
        @{ Call = 'x -Tag x -Id 0'; Id = 'InvalidPartitionId' }
        @{ Call = 'x -Tag (1..65)'; Id = 'TooManyTags' }
        @{ Call = 'x -Tag $true'; Id = 'ParameterArgumentTransformationError' }
        @{ Call = 'x -Tag x -Match Some'; Id = 'ParameterArgumentTransformationError' }
        @{ Call = 'x -Tag x -Priority 2.5'; Id = 'ParameterArgumentTransformationError' }
    ) {
        (Get-MacError ([scriptblock]::Create("New-MacPartition $Call"))).Id | Should -Be $Id
    }

    It 'refuses a name and a number that are taken' {
        $null = New-MacPartition shop -Tag prod
        (Get-MacError { New-MacPartition SHOP -Tag prod }).Id | Should -Be PartitionExists
        (Get-MacError { New-MacPartition other -Tag prod -Id 1 }).Id | Should -Be PartitionIdTaken
    }

    It 'takes names and saved partitions from the pipeline' {
        ('a', 'b' | New-MacPartition -Tag prod).Name | Should -Be 'a', 'b'
        $saved = Get-MacPartition | ConvertTo-Csv | ConvertFrom-Csv
        Get-MacPartition | Remove-MacPartition -Confirm:$false
        ($saved | New-MacPartition -Force -WarningAction Ignore).Id | Should -Be 1, 2
    }

    It 'creates nothing with -WhatIf' {
        New-MacPartition shop -Tag prod -WhatIf
        Get-MacPartition | Should -BeNullOrEmpty
    }

    It 'offers the tags that records have' {
        (Complete-Line 'New-MacPartition x -Tag p').CompletionText | Should -Be prod
        (Complete-Line 'New-MacPartition x -NotTag ').CompletionText | Should -Contain "@{ 'tier' = 'db' }"
    }
}
