BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacStore' {
    It 'shows the store in use with its newest revision' {
        $connected = New-TestStore
        (Get-MacStore) | Should -Be $connected
        $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
        $store = Get-MacStore
        $store.Revision | Should -Be 1
        $store.Provider | Should -Be 'SQLite'
        [version] $store.ProviderVersion | Should -BeGreaterOrEqual ([version] '3.53')
        $store.SchemaVersion | Should -BeGreaterThan 0
    }

    It 'sees what another process has changed' {
        $store = New-TestStore
        Invoke-Shell "`$null = Connect-MacStore '$($store.Path)'; (New-MacVlan 30).VlanId" | Should -Be 30
        (Get-MacStore).Revision | Should -Be 1
        (Get-MacVlan).VlanId | Should -Be 30
    }

    It 'binds to Connect-MacStore by property name' {
        $store = New-TestStore
        ($store | Connect-MacStore).Path | Should -Be $store.Path
    }
}
