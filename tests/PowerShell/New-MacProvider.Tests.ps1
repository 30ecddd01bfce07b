BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacProvider' {
    BeforeEach {
        New-ExampleStore
    }

    It 'creates a provider' {
        $provider = New-MacProvider site-a
        $provider | Should -BeOfType MacSegmentation.Providers.MacProvider
        "$($provider.Name) $($provider.LowWater) $($provider.BlockSize)" | Should -Be 'site-a 20 4096'
        $provider.SeenAt | Should -BeNullOrEmpty
    }

    It 'takes a share in per cent: <Given>' -ForEach @{ Given = '30%' }, @{ Given = 30 }, @{ Given = '30 %' }, @{ Given = '30' } {
        (New-MacProvider site-a -LowWater $Given).LowWater | Should -Be 30
    }

    It 'takes the ends of what is possible' {
        "$(New-MacProvider a -LowWater 0% -BlockSize 1 | ForEach-Object { $_.LowWater, $_.BlockSize })" | Should -Be '0 1'
        "$(New-MacProvider b -LowWater 100 -BlockSize 16777216 | ForEach-Object { $_.LowWater, $_.BlockSize })" | Should -Be '100 16777216'
    }

    It 'takes names and rows from the pipeline' {
        ('site-a', 'site-b' | New-MacProvider).Name | Should -Be 'site-a', 'site-b'
        ("Name,LowWater,BlockSize`nsite-c,25%,256" | ConvertFrom-Csv | New-MacProvider).LowWater | Should -Be 25
    }

    It 'does nothing with -WhatIf' {
        New-MacProvider site-a -WhatIf
        Get-MacProvider | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a name that is taken, in another case'; Id = 'ProviderExists'; Category = 'ResourceExists'; Command = { New-MacProvider SITE-B }; Prepare = { $null = New-MacProvider site-b } }
        @{ Case = 'an empty name'; Id = 'InvalidProviderName'; Category = 'InvalidArgument'; Command = { New-MacProvider '' } }
        @{ Case = 'a name with wildcards'; Id = 'InvalidProviderName'; Category = 'InvalidArgument'; Command = { New-MacProvider 'site-*' } }
        @{ Case = 'a name of 65 characters'; Id = 'InvalidProviderName'; Category = 'InvalidArgument'; Command = { New-MacProvider ('n' * 65) } }
        @{ Case = '101 %'; Id = 'InvalidLowWater'; Category = 'InvalidArgument'; Command = { New-MacProvider a -LowWater 101% } }
        @{ Case = '-1 %'; Id = 'InvalidLowWater'; Category = 'InvalidArgument'; Command = { New-MacProvider a -LowWater -1 } }
        @{ Case = 'a block of none'; Id = 'InvalidBlockSize'; Category = 'InvalidArgument'; Command = { New-MacProvider a -BlockSize 0 } }
        @{ Case = 'a block of 2^24 + 1'; Id = 'InvalidBlockSize'; Category = 'InvalidArgument'; Command = { New-MacProvider a -BlockSize 16777217 } }
        @{ Case = 'a fraction'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacProvider a -LowWater 0.2 }; Sentence = '*20 % or 0.2 %*' }
        @{ Case = 'a share that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacProvider a -LowWater low }; Sentence = '*from 0 to 100*' }
        @{ Case = 'a size that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacProvider a -BlockSize 2.5 }; Sentence = '*whole one*' }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        $failure.Message | Should -BeLike ($Sentence ?? '*')
    }
}
