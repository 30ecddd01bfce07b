BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Unregister-MacEvent * -ErrorAction Ignore
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacEventSubscription' {
    BeforeEach {
        $null = New-TestStore
    }

    AfterEach {
        Unregister-MacEvent *
        Get-Event | Remove-Event
    }

    It 'says nothing where nothing is watched' {
        Get-MacEventSubscription | Should -BeNullOrEmpty
    }

    It 'lists what is watched, by name, pattern and number, and what is true of it' {
        Register-MacEvent StoreUnreachable -SourceIdentifier away
        Register-MacEvent 'PoolUse > 80%' -SourceIdentifier pool
        (Get-MacEventSubscription).SourceIdentifier | Should -Be away, pool
        $pool = Get-MacEventSubscription po*
        $pool.SourceIdentifier, $pool.IsMet, $pool.EventCount | Should -Be pool, $false, 0
        $pool.Store | Should -Be (Get-MacStore).Path
        (Get-MacEventSubscription -SubscriptionId $pool.SubscriptionId).SourceIdentifier | Should -Be pool
    }

    It 'names a subscription that is not there' {
        { Get-MacEventSubscription nothing -ErrorAction Stop } | Should -Throw "*nothing*"
    }

    It 'fits 80 columns' {
        Register-MacEvent 'PoolUse > 80%' -SourceIdentifier pool
        (Get-MacEventSubscription | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }
}
