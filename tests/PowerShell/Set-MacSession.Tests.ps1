BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacSession' {
    BeforeEach {
        New-SessionStore
    }

    It 'gives a new default to instances that have theirs from the session, and to no other' {
        $null = New-MacInstance a -Session training
        $null = New-MacInstance own -Session training -Profile datacentre
        Set-MacSession training -DefaultProfile satellite | Should -BeNullOrEmpty
        (Get-MacInstance).EffectiveProfile | Should -Be satellite, datacentre
        (Get-MacInterface a).Profile | Should -Be satellite
        (Set-MacSession training -DefaultProfile * -PassThru).DefaultProfile | Should -BeNullOrEmpty
        (Get-MacInstance a).ProfileSource | Should -Be None
        Set-MacSession training -DefaultProfile branch-dsl
        (Get-MacInstance a).ProfileSource | Should -Be Session
    }

    It 'changes the isolation' {
        (Set-MacSession TRAINING -Isolation None -PassThru).Isolation | Should -Be None
    }

    It 'refuses what is none and says so where nothing is given' {
        (Get-MacError { Set-MacSession training -DefaultProfile fibre }).Id | Should -Be ProfileNotFound
        (Get-MacError { Set-MacSession none -Isolation Full }).Id | Should -Be SessionNotFound
        (Get-MacError { Set-MacSession training }).Id | Should -Be NothingToChange
    }

    It 'says with -WhatIf what would change' {
        Set-MacSession training -DefaultProfile satellite -WhatIf
        (Get-MacSession training).DefaultProfile | Should -Be branch-dsl
    }

    It 'gives a scenario, shows what is in force, and takes it away' {
        $null = New-MacInstance a -Session training
        'after,profile,instance', '0s,satellite,a*', '1h,none,', '2h,loop,' | Set-Content (Join-Path $TestDrive flaky-line.csv)
        $session = Set-MacSession training -Scenario (Join-Path $TestDrive flaky-line.csv) -PassThru
        "$($session.Scenario)" | Should -Be 'flaky-line: 0s satellite a*; 1h none; loop 2h'
        $instance = Get-MacInstance a
        "$($instance.EffectiveProfile), $($instance.ScheduledBy), $($instance.ResolvedProfile)" | Should -Be 'satellite, scenario flaky-line, step 1, branch-dsl'
        ($instance | Out-String) | Should -BeLike '*Schedule*'
        (Get-MacInstance | Where-Object Name -EQ a).EffectiveProfile | Should -Be satellite
        (Get-MacError { Remove-MacProfile satellite -Confirm:$false }).Message | Should -BeLike "*scenario 'flaky-line' of session 'training'*"
        Suspend-MacSession training
        (Get-MacInstance a).EffectiveProfile | Should -BeNullOrEmpty
        (Get-MacSession training).ScenarioPausedAt | Should -Not -BeNullOrEmpty
        Resume-MacSession training
        (Get-MacInstance a).EffectiveProfile | Should -Be satellite
        (Get-MacSession training | ConvertTo-Json | ConvertFrom-Json).Scenario | Should -Not -BeNullOrEmpty
        Set-MacSession training -Scenario none
        (Get-MacSession training).Scenario | Should -BeNullOrEmpty
        (Get-MacInstance a).EffectiveProfile | Should -Be branch-dsl
    }

    It 'refuses a scenario that is none, with the place, and changes nothing' {
        $file = Join-Path $TestDrive bad.json
        '{ "steps": [ { "after": "60s", "profile": "satellite" }, { "after": "30s", "profile": "none" } ] }' | Set-Content $file
        $failure = Get-MacError { Set-MacSession training -Scenario $file }
        "$($failure.Id) $($failure.Message)" | Should -BeLike 'InvalidScenario *step 2 comes after 30s*'
        '{ "steps": [ { "after": "60s", "profile": "fibre" } ] }' | Set-Content $file
        "$((Get-MacError { Set-MacSession training -Scenario $file }).Message)" | Should -BeLike "*step 1 names profile 'fibre'*"
        (Get-MacError { Set-MacSession training -Scenario (Join-Path $TestDrive none.csv) }).Id | Should -Be ScenarioNotFound
        (Get-MacSession training).Scenario | Should -BeNullOrEmpty
    }
}
