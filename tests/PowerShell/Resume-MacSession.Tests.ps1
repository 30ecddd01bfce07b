BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Resume-MacSession' {
    BeforeEach {
        New-SessionStore
    }

    It 'gives the ports their profiles back' {
        $null = New-MacInstance a -Session training
        Get-MacSession | Suspend-MacSession
        $null = New-MacInstance b -Session training -Profile datacentre
        (Get-MacSession | Resume-MacSession -PassThru).State | Should -Be Running
        (Get-MacInstance).EffectiveProfile | Should -Be branch-dsl, datacentre
        (Get-MacInterface).Profile | Should -Be branch-dsl, datacentre
    }

    It 'refuses a session that does not exist, and changes nothing with -WhatIf' {
        (Get-MacError { Resume-MacSession none }).Id | Should -Be SessionNotFound
        Suspend-MacSession training; Resume-MacSession training -WhatIf
        (Get-MacSession training).State | Should -Be Suspended
    }

    It 'completes names' {
        (Complete-Line 'Resume-MacSession t').CompletionText | Should -Be training
    }
}
