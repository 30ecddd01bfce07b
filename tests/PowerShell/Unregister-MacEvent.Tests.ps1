BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Unregister-MacEvent * -ErrorAction Ignore
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Unregister-MacEvent' {
    BeforeEach {
        $null = New-TestStore
        Register-MacEvent StoreUnreachable -SourceIdentifier one
        Register-MacEvent 'PoolUse > 80%' -SourceIdentifier two
    }

    AfterEach {
        Unregister-MacEvent *
        Get-Event | Remove-Event
    }

    It 'ends one by its name, and leaves the others' {
        Unregister-MacEvent one
        (Get-MacEventSubscription).SourceIdentifier | Should -Be two
    }

    It 'ends what comes down the pipeline' {
        Get-MacEventSubscription | Unregister-MacEvent
        Get-MacEventSubscription | Should -BeNullOrEmpty
    }

    It 'ends nothing with -WhatIf' {
        Unregister-MacEvent * -WhatIf
        (Get-MacEventSubscription).Count | Should -Be 2
    }

    It 'names a subscription that is not there' {
        { Unregister-MacEvent nothing -ErrorAction Stop } | Should -Throw '*nothing*'
        (Get-MacEventSubscription).Count | Should -Be 2
    }
}
