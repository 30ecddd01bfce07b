# The page docs/partitions.md: its commands run as they stand there, and do what it says.

BeforeAll {
    . $PSScriptRoot/Support.ps1

    $page = Get-Content -Raw -LiteralPath (Join-Path $RepositoryRoot 'docs/partitions.md')
    $blocks = [regex]::Matches($page, '(?ms)^```powershell\r?\n(?<code>.*?)^```').ForEach({ $_.Groups['code'].Value })

    $null = New-TestStore
    $null = New-MacVlan 10 -Range 02-00-00-00-10-00/36
    $number = 10
    foreach ($tier in 'web', 'app', 'db') {
        $null = New-MacInterface "$tier-1" 10 "10.0.0.$(($number++))/24" -Tag prod, @{ tier = $tier }
    }
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'The page about partitions' {
    It 'has commands for tags, for the shop, for security triggers and for a tunnel' {
        $blocks | Should -HaveCount 4
    }

    It 'starts a tunnel with settings that are right' {
        Invoke-Expression "$($blocks[3].TrimEnd()) -WhatIf -ErrorAction Stop" | Should -BeNullOrEmpty
    }

    It 'tags a record and takes a tag away' {
        Invoke-Expression $blocks[0]
        "$((Get-MacInterface web-1).Tag)" | Should -Match 'prod.*42.*shop'
        (Get-MacInterface -Tag @{ tier = 'web' }).Name | Should -Be 'web-1'
    }

    It 'makes the shop of which it tells' {
        $told = Invoke-Expression $blocks[1] 3>&1
        ($told | Where-Object { $_ -is [MacSegmentation.Partitions.MacResolvedPolicy] })[0].Action | Should -Be 'Allow'
        (Resolve-MacPolicy -From web-1 -To app-1)[0].Partition | Should -Be 'quarantine'
    }

    It 'lets pass what it says, and nothing else' {
        $null = Set-MacInterface web-1 -RemoveTag quarantined
        $verdict = { param($from, $to, $port) (Test-MacFrame -From $from -DestinationIPAddress "10.0.0.$to" -Protocol Tcp -DestinationPort $port).Action }
        & $verdict web-1 11 8080 | Should -Be 'Allow'
        & $verdict web-1 11 22 | Should -Be 'Deny'
        & $verdict web-1 12 5432 | Should -Be 'Deny'
        & $verdict app-1 12 5432 | Should -Be 'Allow'
        & $verdict app-1 12 5433 | Should -Be 'Deny'
        & $verdict app-1 10 443 | Should -Be 'Allow'
    }

    It 'is in force for the next frame when a tag is added' {
        $null = Set-MacInterface app-1 -AddTag quarantined
        (Test-MacFrame -From app-1 -DestinationIPAddress 10.0.0.12 -Protocol Tcp -DestinationPort 5432).Action | Should -Be 'Drop'
        $null = Set-MacInterface app-1 -RemoveTag quarantined
        (Test-MacFrame -From app-1 -DestinationIPAddress 10.0.0.12 -Protocol Tcp -DestinationPort 5432).Action | Should -Be 'Allow'
    }

    It 'has triggers that quarantine' {
        $null = Invoke-Expression $blocks[2] 3>&1
        "$((Get-MacSecurityTrigger scan).AddTag)" | Should -Be 'quarantined'
        (Get-MacSecurityTrigger storm).IsDryRun | Should -BeTrue
        (Get-MacInterface db-1).TriggerExempt | Should -BeTrue
    }
}
