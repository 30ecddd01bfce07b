BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacProfile' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacProfile branch-dsl -IngressBandwidth 16mbit -EgressBandwidth 1mbit -IngressLatency 25ms -EgressLatency 30ms
        $null = New-MacProfile radio -From wifi-bad
    }

    It 'lists by name, with wildcards and from the pipeline' {
        (Get-MacProfile).Name | Should -Be branch-dsl, radio
        (Get-MacProfile BR*).Name | Should -Be branch-dsl
        (Get-MacProfile RADIO).Name | Should -Be radio
        ('radio', 'branch-dsl' | Get-MacProfile).Name | Should -Be radio, branch-dsl
        Get-MacProfile none* | Should -BeNullOrEmpty
        (Get-MacError { Get-MacProfile none }).Id | Should -Be ProfileNotFound
    }

    It 'lists presets with the sources of their figures' {
        $presets = Get-MacProfile -Preset
        $presets.Count | Should -Be 11
        $presets.Where({ -not $_.Description }) | Should -BeNullOrEmpty
        (Get-MacProfile -Preset dsl).Description | Should -Match WebPageTest
        (Get-MacProfile wifi-* -Preset).Name | Should -Be wifi-good, wifi-bad
        (Get-MacProfile datacenter -Preset).Name | Should -Be datacentre
        (Get-MacError { Get-MacProfile teletype -Preset }).Id | Should -Be PresetNotFound
        (Get-MacError { Get-MacProfile lte }).Message | Should -Match '-From lte'
    }

    It 'shows both directions in 80 columns' {
        $lines = (Get-MacProfile | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        ($lines -match '^branch-dsl') -replace '\s+', ' ' | Should -Match '^branch-dsl 16mbit 1mbit 25ms/30ms 0ms 0%'
        ($lines -match '^radio') | Should -Match 'bursts'
        Get-MacProfile radio | Format-List | Out-String -Width 200 | Should -Match 'BurstLoss=1%,20%,50%,0%'
    }

    It 'completes names' {
        (TabExpansion2 'Get-MacProfile b' 16).CompletionMatches.CompletionText | Should -Be branch-dsl
        (TabExpansion2 'Get-MacProfile -Preset c' 24).CompletionMatches.CompletionText | Should -Be cable
    }
}
