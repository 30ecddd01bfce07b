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
}
