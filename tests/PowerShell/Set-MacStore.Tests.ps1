BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacStore' {
    BeforeEach {
        New-ExampleStore
    }

    It 'changes what is given and leaves the rest' {
        Set-MacStore -ConflictResolution Strictest | Should -BeNullOrEmpty
        $store = Set-MacStore -PartitionIdReuseDelay 2d -PassThru
        "$($store.ConflictResolution) $($store.PartitionIdReuseDelay)" | Should -Be 'Strictest 2.00:00:00'
        "$((Get-MacStore).ConflictResolution) $((Get-MacStore).PartitionIdReuseDelay)" | Should -Be 'Strictest 2.00:00:00'
    }

    It 'has a new store count the priority first and keep numbers back for a day' {
        "$((Get-MacStore).ConflictResolution) $((Get-MacStore).PartitionIdReuseDelay)" | Should -Be 'HighestPriority 1.00:00:00'
    }

    It 'refuses what cannot be' {
        (Get-MacError { Set-MacStore }).Id | Should -Be NothingToChange
        (Get-MacError { Set-MacStore -PartitionIdReuseDelay 3651d }).Id | Should -Be InvalidIdReuseDelay
        (Get-MacError { Set-MacStore -PartitionIdReuseDelay soon }).Id | Should -Be ParameterArgumentTransformationError
        (Get-MacError { Set-MacStore -ConflictResolution Mildest }).Id | Should -Be ParameterArgumentTransformationError
    }

    It 'tells with -WhatIf from what to what it would change' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Set-MacStore -ConflictResolution Strictest -WhatIf"
        "$lines" | Should -BeLike '*Change ConflictResolution from HighestPriority to Strictest*'
        (Get-MacStore).ConflictResolution | Should -Be HighestPriority
    }
}
