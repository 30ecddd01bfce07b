BeforeAll {
    . $PSScriptRoot/Support.ps1
}

Describe 'Disconnect-MacStore' {
    It 'closes the store, which can then be connected again' {
        $store = New-TestStore
        $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
        Disconnect-MacStore | Should -BeNullOrEmpty
        (Connect-MacStore $store.Path).Revision | Should -Be 1
        Disconnect-MacStore
    }

    It 'lets the file be moved' {
        $store = New-TestStore
        Disconnect-MacStore
        Move-Item -LiteralPath $store.Path -Destination "$($store.Path).moved" -PassThru | Should -Exist
    }

    It 'fails with StoreNotConnected where there is none' {
        { Disconnect-MacStore -ErrorAction Stop } | Should -Throw -ErrorId 'StoreNotConnected,MacSegmentation.Stores.DisconnectMacStoreCommand'
    }
}
