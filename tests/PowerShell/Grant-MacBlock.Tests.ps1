BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Grant-MacBlock' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-a', 'site-b' | New-MacProvider
    }

    It 'delegates free addresses, and takes them out of the pool' {
        $block = Grant-MacBlock site-a -VlanId 10 -Count 256
        $block | Should -BeOfType MacSegmentation.Blocks.MacBlock
        "$($block.Provider) $($block.VlanId) $($block.Size) $($block.State) $($block.Epoch)" | Should -Be 'site-a 10 256 Active 1'
        "$(Get-MacPool 10 | ForEach-Object { $_.Size, $_.Used, $_.Free, $_.Delegated })" | Should -Be '4096 0 3840 256'
        (New-MacAllocation 10 vm-1).MacAddress | Should -Be '00:1a:2b:3c:41:00'
        (Get-MacPool 10 | Format-List | Out-String -Width 120) | Should -Match '(?m)^Delegated +: 256'
    }

    It 'gives several blocks where no run is long enough' {
        $null = New-MacAllocation 10 vm-1 -MacAddress 00:1a:2b:3c:48:00
        (Grant-MacBlock site-a -VlanId 10 -Count 4095).Size | Should -Be 2048, 2047
    }

    It 'takes providers and rows from the pipeline' {
        (Get-MacProvider | Grant-MacBlock -VlanId 10 -Count 16).Provider | Should -Be 'site-a', 'site-b'
        ('site-a', 'site-b' | Grant-MacBlock -VlanId 10 -Count 16).BlockId | Should -Be 3, 4
        ("Provider,VlanId,Count`nsite-b,20,32" | ConvertFrom-Csv | Grant-MacBlock).Size | Should -Be 32
    }

    It 'does nothing with -WhatIf' {
        Get-MacProvider | Grant-MacBlock -VlanId 10 -Count 16 -WhatIf
        Get-MacBlock | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown provider'; Id = 'ProviderNotFound'; Category = 'ObjectNotFound'; Command = { Grant-MacBlock site-c 10 16 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Grant-MacBlock site-a 30 16 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Grant-MacBlock site-a 0 16 } }
        @{ Case = 'no address'; Id = 'InvalidBlockSize'; Category = 'InvalidArgument'; Command = { Grant-MacBlock site-a 10 0 } }
        @{ Case = '2^24 + 1 addresses'; Id = 'InvalidBlockSize'; Category = 'InvalidArgument'; Command = { Grant-MacBlock site-a 10 16777217 } }
        @{ Case = 'more than is free'; Id = 'BlockTooLarge'; Category = 'LimitsExceeded'; Command = { Grant-MacBlock site-a 10 4097 } }
        @{ Case = 'a count that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Grant-MacBlock site-a 10 many } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes providers and VLANs' {
        (Complete-Line 'Grant-MacBlock s').CompletionText | Should -Be 'site-a', 'site-b'
        (Complete-Line 'Grant-MacBlock site-a -VlanId ').CompletionText | Should -Be '10', '20'
    }
}
