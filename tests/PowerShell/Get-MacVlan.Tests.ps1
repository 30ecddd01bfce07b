BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacVlan' {
    It 'lists all VLANs by number' {
        (Get-MacVlan).VlanId | Should -Be 10, 20
    }

    It 'shows the VLANs that are asked for' {
        (Get-MacVlan 20, 10).VlanId | Should -Be 20, 10
        (Get-MacVlan -Vlan 20).Name | Should -Be 'plc'
    }

    It 'finds names with wildcards, without regard to case' {
        (Get-MacVlan -Name CAM*).VlanId | Should -Be 10
        (Get-MacVlan -Name plc, cameras).VlanId | Should -Be 10, 20
        Get-MacVlan -Name none* | Should -BeNullOrEmpty
    }

    It 'takes VLANs from the pipeline, by value and by property name' {
        (20, 10 | Get-MacVlan).Name | Should -Be 'plc', 'cameras'
        ([pscustomobject]@{ VlanId = '20' } | Get-MacVlan).Name | Should -Be 'plc'
        (Get-MacVlan | Get-MacVlan).VlanId | Should -Be 10, 20
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacVlan 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Get-MacVlan 0 } }
        @{ Case = 'text'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Get-MacVlan cameras } }
        @{ Case = 'text from the pipeline'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { 'cameras' | Get-MacVlan } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'goes on after a VLAN that is not there' {
        (Get-MacVlan 30, 20 -ErrorAction SilentlyContinue -ErrorVariable failures).VlanId | Should -Be 20
        $failures | Should -HaveCount 1
    }

    It 'completes numbers with their names, and names' {
        $completions = Complete-Line 'Get-MacVlan -VlanId '
        $completions.CompletionText | Should -Be '10', '20'
        $completions[0].ToolTip | Should -Be 'VLAN 10: cameras'
        (Complete-Line 'Get-MacVlan -VlanId 2').CompletionText | Should -Be '20'
        (Complete-Line 'Get-MacVlan -Name c').CompletionText | Should -Be 'cameras'
    }
}
