BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Undo-MacChange' {
    BeforeEach {
        New-ExampleStore
    }

    It 'puts back what a change did, as a change of its own with its reason' {
        $null = Add-MacPolicy 10 * * Deny
        $steps = Undo-MacChange 3 -Reason 'CHG-4711'
        $steps | Should -BeOfType MacSegmentation.Undoing.MacUndoStep
        $steps.Table, $steps.Kind, $steps.IsUndone | Should -Be 'policy', 'Added', $true
        Get-MacPolicy 10 | Should -BeNullOrEmpty
        $event = Get-MacAuditEvent -Newest 1
        $event.Action, $event.Subject, $event.Reason | Should -Be 'UndoChange', 'revision 3', 'CHG-4711'
        $null = Undo-MacChange 4
        (Get-MacPolicy 10).Action | Should -Be Deny
    }

    It 'brings a record back with all its parts' {
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod
        $null = Add-MacAddressPair web-1 10.0.0.100
        $before = Get-MacInterface web-1 | ConvertTo-Json -Depth 5
        Remove-MacInterface web-1 -Force
        (Undo-MacChange (Get-MacStore).Revision).IsUndone | Should -Not -Contain $false
        Get-MacInterface web-1 | ConvertTo-Json -Depth 5 | Should -Be $before
        (Get-MacAllocation).InstanceId | Should -Be web-1
    }

    It 'says what it cannot put back, and puts back the rest' {
        $null = 'vm-1', 'vm-2', 'vm-3' | New-MacAllocation 10
        $null = Get-MacAllocation -InstanceId vm-2 | Remove-MacAllocation
        $taken = (Get-MacAuditEvent -Newest 1).Revision
        $null = New-MacAllocation 20 other
        $null = Undo-MacChange $taken
        (Get-MacAllocation -InstanceId vm-2).MacAddress | Should -Be 00:1a:2b:3c:40:01
    }

    It 'takes revisions from the pipeline, by property name' {
        $null = New-MacSecurityGroup web -Reason 'CHG-1'
        (Get-MacAuditEvent -Reason 'CHG-1' | Undo-MacChange).Table | Should -Be security_group
        Get-MacSecurityGroup | Should -BeNullOrEmpty
    }

    It 'only says with -WhatIf what it would do' {
        $null = Add-MacPolicy 10 * * Deny
        (Undo-MacChange 3 -WhatIf).IsUndone | Should -BeTrue
        (Get-MacStore).Revision | Should -Be 3
    }

    It 'puts back over later changes with -Force' {
        $null = Add-MacPolicy 10 * * Deny
        Set-MacPolicy 10 10 -Action Drop
        Set-MacPolicy 10 10 -NewOrder 20
        (Get-MacError { Undo-MacChange 4 }).Id | Should -Be UndoImpossible
        (Undo-MacChange 4 -Force).IsUndone | Should -BeTrue
        $policy = Get-MacPolicy 10
        $policy.Order, $policy.Action | Should -Be 20, 'Deny'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a revision that is not there yet'; Id = 'RevisionNotFound'; Command = { Undo-MacChange 4711 } }
        @{ Case = 'what a device knows'; Id = 'UndoImpossible'; Command = { Undo-MacChange 3 }; Prepare = { $null = Request-MacAddress urn:x:1 10 } }
        @{ Case = 'a store that requires a reason'; Id = 'ReasonRequired'; Command = { Undo-MacChange 1 }; Prepare = { Set-MacStore -ReasonRequired $true } }
    ) {
        if ($Prepare) {
            . $Prepare
        }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Message | Should -Match '\.$'
    }

    It 'has a table that fits' {
        $null = Add-MacPolicy 10 * * Deny
        $lines = (Undo-MacChange 3 | Format-Table | Out-String -Width 80) -split '\n'
        $lines[1] | Should -Match 'IsUndone Kind +Table +Record +Reason'
    }
}
