BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Rename-MacInstance' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacAllocation 10 vm-1
        $null = New-MacInterface vm-1 20
    }

    It 'renames an instance wherever it is named' {
        $renamed = Rename-MacInstance vm-1 -NewName web-01 -PassThru
        $renamed.Allocations, $renamed.Interfaces, $renamed.Handles | Should -Be 2, 1, 0
        (Get-MacAllocation).InstanceId | Should -Be 'web-01', 'web-01'
        (Get-MacInterface web-01).InstanceId | Should -Be web-01
        Get-MacInterface vm-* | Should -BeNullOrEmpty
        [pscustomobject]@{ VMName = 'web-01'; NewName = 'web-02' } | Rename-MacInstance
        (Get-MacInterface).Name | Should -Be web-02
    }

    It 'does nothing with -WhatIf' {
        Rename-MacInstance vm-1 web-01 -WhatIf
        (Get-MacInterface).Name | Should -Be vm-1
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown instance'; Id = 'InstanceNotFound'; Category = 'ObjectNotFound'; Command = { Rename-MacInstance vm-9 x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'refuses a name that is in use' {
        $null = New-MacAllocation 10 db
        (Get-MacError { Rename-MacInstance vm-1 DB }).Id | Should -Be InstanceExists
    }
}
