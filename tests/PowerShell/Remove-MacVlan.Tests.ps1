BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacVlan' {
    BeforeEach {
        New-ExampleStore
    }

    It 'removes a VLAN with its policies' {
        $null = Add-MacPolicy 10 * * Deny
        Remove-MacVlan 10 -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacVlan).VlanId | Should -Be 20
        Get-MacPolicy | Should -BeNullOrEmpty
    }

    It 'removes one with allocations by force only' {
        $null = 'vm-1', 'vm-2' | New-MacAllocation 10
        $failure = Get-MacError { Remove-MacVlan 10 -Confirm:$false }
        $failure.Id | Should -Be 'VlanInUse'
        $failure.Category | Should -Be 'ResourceBusy'
        $failure.Message | Should -BeLike '*2 allocations*-Force.'
        (Remove-MacVlan 10 -Force -Confirm:$false -PassThru).Name | Should -Be 'cameras'
        Get-MacAllocation | Should -BeNullOrEmpty
    }

    It 'removes one with interface records by force only' {
        $null = New-MacInterface web-1 10
        $failure = Get-MacError { Remove-MacVlan 10 -Confirm:$false }
        $failure.Id | Should -Be 'VlanInUse'
        $failure.Message | Should -BeLike '*1 interface and 1 allocation*-Force.'
        Remove-MacVlan 10 -Force
        Get-MacInterface | Should -BeNullOrEmpty
    }

    It 'takes VLANs from the pipeline, by value and by property name' {
        10 | Remove-MacVlan -Confirm:$false
        Get-MacVlan | Remove-MacVlan -Confirm:$false
        Get-MacVlan | Should -BeNullOrEmpty
    }

    It 'asks first, as it destroys' {
        $impact = (Get-Command Remove-MacVlan).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact
        $impact | Should -Be 'High'
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Remove-MacVlan 10"
        "$lines" | Should -Match 'NonInteractive'
        (Get-MacVlan).VlanId | Should -Be 10, 20
    }

    It 'does not ask whoever has said -Force' {
        $null = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Remove-MacVlan 10 -Force"
        (Get-MacVlan).VlanId | Should -Be 20
    }

    It 'refuses before it asks' {
        $null = New-MacAllocation 10 vm-1
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Remove-MacVlan 10"
        "$lines" | Should -Match 'has 1 allocation'
    }

    It 'keeps a VLAN whose addresses a provider gives out, by force too, until its blocks are taken back' {
        $block = New-MacProvider site-a | Grant-MacBlock -VlanId 10 -Count 4
        $failure = Get-MacError { Remove-MacVlan 10 -Force }
        "$($failure.Id) $($failure.Category)" | Should -Be 'VlanDelegated ResourceBusy'
        $failure.Message | Should -Match '1 block .*Revoke-MacBlock first\.$'
        $block | Revoke-MacBlock -Force -Confirm:$false
        Remove-MacVlan 10 -Force
        (Get-MacVlan).VlanId | Should -Be 20
    }

    It 'does nothing with -WhatIf' {
        Remove-MacVlan 10, 20 -WhatIf
        Remove-MacVlan 10, 20 -WhatIf -Force
        (Get-MacVlan).VlanId | Should -Be 10, 20
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacVlan 30 -Confirm:$false } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Remove-MacVlan 0 -Confirm:$false } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
    }

    It 'completes VLANs' {
        (Complete-Line 'Remove-MacVlan -VlanId 1').CompletionText | Should -Be '10'
    }
}
