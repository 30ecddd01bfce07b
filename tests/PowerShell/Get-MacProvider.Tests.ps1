BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacProvider' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-b', 'site-a', 'lab' | New-MacProvider
    }

    It 'lists providers by name, all or by pattern' {
        (Get-MacProvider).Name | Should -Be 'lab', 'site-a', 'site-b'
        (Get-MacProvider site-*).Name | Should -Be 'site-a', 'site-b'
        (Get-MacProvider SITE-B, lab).Name | Should -Be 'site-b', 'lab'
        Get-MacProvider none* | Should -BeNullOrEmpty
    }

    It 'takes names and blocks from the pipeline' {
        ('lab', 'site-a' | Get-MacProvider).Name | Should -Be 'lab', 'site-a'
        (Get-MacProvider lab | Get-MacProvider).Name | Should -Be 'lab'
    }

    It 'fails with ProviderNotFound for a name that no provider has' {
        $failure = Get-MacError { Get-MacProvider site-c }
        "$($failure.Id) $($failure.Category)" | Should -Be 'ProviderNotFound ObjectNotFound'
        $failure.Message | Should -Match '\.$'
    }

    It 'completes names' {
        (Complete-Line 'Get-MacProvider s').CompletionText | Should -Be 'site-a', 'site-b'
    }
}
