BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacProfile' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacProfile branch-dsl -From dsl -LossRate 1% -Priority 2 -Description 'a line'
    }

    It 'changes what is given and leaves the rest' {
        Set-MacProfile BRANCH-dsl -EgressBandwidth 2mbit -Jitter 5ms | Should -BeNullOrEmpty
        $profile = Get-MacProfile branch-dsl
        "$($profile.Ingress)" | Should -BeExactly 'Bandwidth=1.5mbit Latency=25ms Jitter=5ms LossRate=1%'
        "$($profile.Egress)" | Should -BeExactly 'Bandwidth=2mbit Latency=25ms Jitter=5ms LossRate=1%'
        "$($profile.Priority) $($profile.Preset) $($profile.Description)" | Should -Be '2 dsl a line'
    }

    It 'takes away with $null and 0' {
        $profile = Set-MacProfile branch-dsl -IngressBandwidth $null -EgressBandwidth 0 -Priority $null -LossRate 0 -BurstLoss 1%,10% -Description '' -PassThru
        "$($profile.Ingress); $($profile.Egress)" | Should -BeExactly 'Latency=25ms BurstLoss=1%,10%,100%,0%; Latency=25ms BurstLoss=1%,10%,100%,0%'
        $profile.Priority | Should -BeNullOrEmpty
        $profile.Description | Should -BeNullOrEmpty
        (Set-MacProfile branch-dsl -BurstLoss 0 -PassThru).Ingress.BurstLoss | Should -BeNullOrEmpty
    }

    It 'leaves out what an empty cell says' {
        [pscustomobject]@{ Name = 'branch-dsl'; Priority = ''; Bandwidth = ''; Dscp = '10' } | Set-MacProfile
        $profile = Get-MacProfile branch-dsl
        "$($profile.Priority) $($profile.Dscp) $($profile.Ingress.Bandwidth)" | Should -Be '2 10 1.5mbit'
    }

    It 'takes a direction as a whole' {
        (Set-MacProfile branch-dsl -Ingress (Get-MacProfile -Preset lte).Ingress -Egress None -PassThru).Egress.IsNothing | Should -BeTrue
        "$((Get-MacProfile branch-dsl).Ingress)" | Should -BeExactly 'Bandwidth=12mbit Latency=35ms'
        (Set-MacProfile branch-dsl -Egress 'Latency=5ms Jitter=1ms' -LossRate 2% -PassThru).Egress.ToString() | Should -BeExactly 'Latency=5ms Jitter=1ms LossRate=2%'
    }

    It 'refuses <Id> and changes nothing' -ForEach @(
        @{ Given = { Set-MacProfile branch-dsl -Jitter 26ms }; Id = 'JitterAboveLatency' }
        @{ Given = { Set-MacProfile branch-dsl -BurstLoss 1%,10% }; Id = 'LossGivenTwice' }
        @{ Given = { Set-MacProfile branch-dsl -Dscp 64 }; Id = 'InvalidDscp' }
        @{ Given = { Set-MacProfile none -Dscp 6 }; Id = 'ProfileNotFound' }
        @{ Given = { Set-MacProfile branch-dsl }; Id = 'NothingToChange' }
    ) {
        (Get-MacError $Given).Id | Should -Be $Id
    }

    It 'changes nothing with -WhatIf' {
        Set-MacProfile branch-dsl -Bandwidth 20mbit -Priority 3 -WhatIf
        (Get-MacProfile branch-dsl).Priority | Should -Be 2
    }

    It 'completes names' {
        (TabExpansion2 'Set-MacProfile b' 16).CompletionMatches.CompletionText | Should -Be branch-dsl
    }
}
