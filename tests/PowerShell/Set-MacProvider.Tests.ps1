BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacProvider' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-a', 'site-b' | New-MacProvider -LowWater 30 -BlockSize 256
    }

    It 'changes what is given and leaves the rest' {
        Set-MacProvider SITE-A -LowWater 40% | Should -BeNullOrEmpty
        "$(Get-MacProvider site-a | ForEach-Object { $_.LowWater, $_.BlockSize })" | Should -Be '40 256'
        "$(Set-MacProvider site-a -BlockSize 512 -PassThru | ForEach-Object { $_.LowWater, $_.BlockSize })" | Should -Be '40 512'
    }

    It 'takes providers from the pipeline' {
        Get-MacProvider | Set-MacProvider -LowWater 0
        (Get-MacProvider).LowWater | Should -Be 0, 0
    }

    It 'does nothing with -WhatIf' {
        Get-MacProvider | Set-MacProvider -LowWater 0 -WhatIf
        (Get-MacProvider).LowWater | Should -Be 30, 30
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown provider'; Id = 'ProviderNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacProvider site-c -LowWater 1 } }
        @{ Case = '101 %'; Id = 'InvalidLowWater'; Category = 'InvalidArgument'; Command = { Set-MacProvider site-a -LowWater 101 } }
        @{ Case = 'a block of none'; Id = 'InvalidBlockSize'; Category = 'InvalidArgument'; Command = { Set-MacProvider site-a -BlockSize 0 } }
        @{ Case = 'a fraction'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacProvider site-a -LowWater 0.5 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes names' {
        (Complete-Line 'Set-MacProvider s').CompletionText | Should -Be 'site-a', 'site-b'
    }
}
