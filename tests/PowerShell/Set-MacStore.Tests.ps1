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

    It 'has every change give a reason, once it is told to' {
        (Get-MacStore).ReasonRequired | Should -BeFalse
        (Set-MacStore -ReasonRequired $true -PassThru).ReasonRequired | Should -BeTrue
        (Get-MacError { New-MacAllocation 10 vm-1 }).Id | Should -Be ReasonRequired
        (Get-MacError { New-MacAllocation 10 vm-1 -Reason ' ' }).Id | Should -Be ReasonRequired
        (Get-MacError { Set-MacVlan 10 -Name x }).Id | Should -Be ReasonRequired
        (Get-MacError { Remove-MacVlan 10 -Force }).Id | Should -Be ReasonRequired
        (Get-MacError { Import-MacConfiguration $ExampleConfiguration -Force }).Id | Should -Be ReasonRequired
        (Get-MacError { Set-MacStore -ReasonRequired $false }).Id | Should -Be ReasonRequired
        (Get-MacError { New-MacAllocation 10 vm-1 -Reason ('x' * 1001) }).Id | Should -Be InvalidReason
        $null = New-MacAllocation 10 vm-1 -Reason 'CHG-1'
        (Get-MacAuditEvent -Newest 1).Reason | Should -Be 'CHG-1'
        Import-MacConfiguration $ExampleConfiguration -WhatIf | Should -BeNullOrEmpty
        Set-MacStore -ReasonRequired $false -Reason 'no longer'
        $null = New-MacAllocation 10 vm-2
    }
}
