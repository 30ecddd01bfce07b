BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacInterface' {
    BeforeEach {
        New-ExampleStore
        $null = 'web-1', 'web-2' | New-MacInterface -VlanId 10
    }

    It 'removes a record, and its address goes back' {
        Remove-MacInterface web-1 -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacInterface).Name | Should -Be 'web-2'
        (Get-MacAllocation).InstanceId | Should -Be 'web-2'
        (Get-MacPool 10).Used | Should -Be 1
    }

    It 'leaves the address with an instance that had it before' {
        $null = New-MacAllocation 20 plc-1 | New-MacInterface -Name plc-1
        Remove-MacInterface plc-1 -Confirm:$false
        (Get-MacAllocation 20).InstanceId | Should -Be 'plc-1'
    }

    It 'takes records from the pipeline, by name and as objects' {
        (Get-MacInterface web-1 | Remove-MacInterface -Confirm:$false -PassThru).Name | Should -Be 'web-1'
        'web-2' | Remove-MacInterface -Confirm:$false
        Get-MacInterface | Should -BeNullOrEmpty
    }

    It 'removes one that an enforcer uses by force only' {
        Set-EnforcerUse web-1
        $failure = Get-MacError { Remove-MacInterface web-1 -Confirm:$false }
        $failure.Id | Should -Be 'InterfaceInUse'
        $failure.Category | Should -Be 'ResourceBusy'
        $failure.Message | Should -BeLike '*runs on host-7 (macseg/7)*-Force.'
        (Remove-MacInterface web-1 -Force -PassThru).Name | Should -Be 'web-1'
        (Get-MacInterface).Name | Should -Be 'web-2'
    }

    It 'removes one whose enforcer fell silent' {
        Set-EnforcerUse web-1 -SecondsAgo 60
        Remove-MacInterface web-1 -Confirm:$false
        (Get-MacInterface).Name | Should -Be 'web-2'
    }

    It 'asks first, as it destroys, but not whoever has said -Force' {
        $impact = (Get-Command Remove-MacInterface).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact
        $impact | Should -Be 'High'
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Remove-MacInterface web-1 -Force; Remove-MacInterface web-2"
        "$lines" | Should -Match 'NonInteractive'
        (Get-MacInterface).Name | Should -Be 'web-2'
    }

    It 'does nothing with -WhatIf' {
        Get-MacInterface | Remove-MacInterface -WhatIf
        Get-MacInterface | Remove-MacInterface -WhatIf -Force
        Get-MacInterface | Should -HaveCount 2
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown name'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacInterface web-3 -Confirm:$false } }
        @{ Case = 'no name'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Remove-MacInterface '' -Confirm:$false } }
        @{ Case = 'a pattern'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Remove-MacInterface * -Force } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes records' {
        (Complete-Line 'Remove-MacInterface web-').CompletionText | Should -Be 'web-1', 'web-2'
    }
}
