BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacProviderClient' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacProviderClient hypervisors 10, 20
        $null = 'lab-1', 'lab-2' | New-MacProviderClient
    }

    It 'lists clients by name, all or by pattern' {
        Get-MacProviderClient | Should -BeOfType MacSegmentation.Clients.MacProviderClient
        (Get-MacProviderClient).Name | Should -Be 'hypervisors', 'lab-1', 'lab-2'
        (Get-MacProviderClient LAB-*).Name | Should -Be 'lab-1', 'lab-2'
        (Get-MacProviderClient hypervisors).VlanId | Should -Be 10, 20
        (Get-MacProviderClient lab-1).MayUse(30) | Should -BeTrue
        Get-MacProviderClient none* | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline' {
        ('lab-2', 'hypervisors' | Get-MacProviderClient).Name | Should -Be 'lab-2', 'hypervisors'
    }

    It 'shows no digest in its views' {
        Get-MacProviderClient | Format-List | Out-String | Should -Not -BeLike '*Digest*'
    }

    It 'fails with ClientNotFound for a name that no client has' {
        $failure = Get-MacError { Get-MacProviderClient none }
        "$($failure.Id) $($failure.Category)" | Should -Be 'ClientNotFound ObjectNotFound'
        $failure.Message | Should -Match '\.$'
    }

    It 'completes names' {
        (Complete-Line 'Get-MacProviderClient l').CompletionText | Should -Be 'lab-1', 'lab-2'
    }
}
