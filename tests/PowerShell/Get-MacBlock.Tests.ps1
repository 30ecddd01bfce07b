BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacBlock' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-a', 'site-b' | New-MacProvider | Grant-MacBlock -VlanId 10 -Count 16
        $null = Grant-MacBlock site-a -VlanId 20 -Count 32
    }

    It 'lists blocks by VLAN and address' {
        Get-MacBlock | Should -BeOfType MacSegmentation.Blocks.MacBlock
        (Get-MacBlock).BlockId | Should -Be 1, 2, 3
        (Get-MacBlock)[0].Range | Should -Be '00:1a:2b:3c:40:00-00:1a:2b:3c:40:0f'
        (Get-MacBlock).Size | Should -Be 16, 16, 32
    }

    It 'restricts by provider, VLAN and number' {
        (Get-MacBlock SITE-A).BlockId | Should -Be 1, 3
        (Get-MacBlock *-b).BlockId | Should -Be 2
        (Get-MacBlock -VlanId 20).BlockId | Should -Be 3
        (Get-MacBlock site-a 10).BlockId | Should -Be 1
        (Get-MacBlock -BlockId 3, 1).BlockId | Should -Be 3, 1
        Get-MacBlock none* | Should -BeNullOrEmpty
    }

    It 'takes providers, names, VLANs and blocks from the pipeline' {
        (Get-MacProvider | Get-MacBlock).BlockId | Should -Be 1, 3, 2
        ('site-b', 'site-a' | Get-MacBlock).BlockId | Should -Be 2, 1, 3
        (Get-MacVlan 20 | Get-MacBlock).BlockId | Should -Be 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown provider'; Id = 'ProviderNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacBlock site-c } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacBlock -VlanId 30 } }
        @{ Case = 'an unknown block'; Id = 'BlockNotFound'; Category = 'ObjectNotFound'; Command = { Get-MacBlock -BlockId 9 } }
        @{ Case = 'a block that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Get-MacBlock -BlockId x } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes providers, VLANs and blocks' {
        (Complete-Line 'Get-MacBlock s').CompletionText | Should -Be 'site-a', 'site-b'
        (Complete-Line 'Get-MacBlock -BlockId ').CompletionText | Should -Be '1', '2', '3'
    }
}
