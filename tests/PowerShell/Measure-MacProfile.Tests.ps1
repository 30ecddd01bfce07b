BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Measure-MacProfile' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacProfile branch-dsl -IngressBandwidth 16mbit -EgressBandwidth 1mbit -Latency 25ms
        $null = New-MacProfile plain
    }

    It 'reports what was asked for and got, each direction for itself' {
        $ingress, $egress = Measure-MacProfile branch-dsl -Duration 300ms
        $ingress.Direction, $egress.Direction | Should -Be Ingress, Egress
        "$($ingress.AskedBandwidth) $($egress.AskedBandwidth)" | Should -Be '16mbit 1mbit'
        $ingress.Bandwidth.BitsPerSecond | Should -BeGreaterThan 1000000
        $ingress.Bandwidth.BitsPerSecond | Should -BeLessThan 16500000
        $egress.Bandwidth.BitsPerSecond | Should -BeLessThan 1100000
        foreach ($one in $ingress, $egress) {
            $one.Profile | Should -Be branch-dsl
            $one.AskedLatency | Should -Be ([timespan]::FromMilliseconds(25))
            ($one.LatencyP50 + $one.Baseline).TotalMilliseconds | Should -BeGreaterThan 24.9
            $one.FramesLost | Should -Be 0
        }
    }

    It 'takes names, wildcards, profiles and presets' {
        ('plain' | Measure-MacProfile -Duration 100ms).Profile | Should -Be plain, plain
        (Measure-MacProfile p* -Duration 100ms).Count | Should -Be 2
        (Get-MacProfile plain | Measure-MacProfile -Duration 100ms).Count | Should -Be 2
        $datacentre = Measure-MacProfile datacentre -Preset -Duration 100ms
        $datacentre.Profile | Should -Be datacentre, datacentre
    }

    It 'loses the same frames with the same seed' {
        $null = New-MacProfile lossy -LossRate 20%
        $first = Measure-MacProfile lossy -Duration 100ms -Seed 7
        $first[0].Loss | Should -BeGreaterThan 0
        (Measure-MacProfile lossy -Duration 100ms -Seed 7).FramesLost | Should -Be $first.FramesLost
    }

    It 'comes back from JSON and CLIXML, and its table fits 80 columns' {
        $measured = Measure-MacProfile branch-dsl -Duration 100ms
        ($measured | ConvertTo-Json | ConvertFrom-Json).Profile | Should -Be branch-dsl, branch-dsl
        $file = Join-Path $TestDrive measured.xml
        $measured | Export-Clixml $file
        "$((Import-Clixml $file)[0].AskedBandwidth)" | Should -Be 16mbit
        ($measured | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'refuses what is none with a sentence' {
        (Get-MacError { Measure-MacProfile nothere }).Id | Should -Be ProfileNotFound
        (Get-MacError { Measure-MacProfile nothere -Preset }).Id | Should -Be PresetNotFound
        (Get-MacError { Measure-MacProfile plain -Duration 1h }).Id | Should -Be InvalidDuration
        (Get-MacError { Measure-MacProfile plain -Duration 1ms }).Id | Should -Be InvalidDuration
    }
}
