BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Suspend-MacSession' {
    BeforeEach {
        New-SessionStore
    }

    It 'takes the profiles off the ports, and keeps addresses' {
        $before = New-MacInstance a -Session training
        Suspend-MacSession training | Should -BeNullOrEmpty
        $after = Get-MacInstance a
        $after.EffectiveProfile | Should -BeNullOrEmpty
        "$($after.ResolvedProfile) $($after.MacAddress)" | Should -Be "branch-dsl $($before.MacAddress)"
        (Get-MacInterface a).Profile | Should -BeNullOrEmpty
        (New-MacInstance b -Session training).EffectiveProfile | Should -BeNullOrEmpty
        (Get-MacSession | Suspend-MacSession -PassThru).State | Should -Be Suspended
    }

    It 'refuses a session that does not exist, and changes nothing with -WhatIf' {
        (Get-MacError { Suspend-MacSession none }).Id | Should -Be SessionNotFound
        Suspend-MacSession training -WhatIf
        (Get-MacSession training).State | Should -Be Running
    }

    It 'completes names' {
        (Complete-Line 'Suspend-MacSession t').CompletionText | Should -Be training
    }
}
