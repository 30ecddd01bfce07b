BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacProviderClient' {
    BeforeEach {
        New-ExampleStore
        $null = 'a', 'b', 'c' | New-MacProviderClient
    }

    It 'removes clients' {
        Remove-MacProviderClient A -Confirm:$false | Should -BeNullOrEmpty
        (Remove-MacProviderClient b -Force -PassThru).Name | Should -Be 'b'
        (Get-MacProviderClient).Name | Should -Be 'c'
    }

    It 'takes clients from the pipeline' {
        Get-MacProviderClient | Remove-MacProviderClient -Force
        Get-MacProviderClient | Should -BeNullOrEmpty
    }

    It 'asks before it removes' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; try { Remove-MacProviderClient a } catch { 'asked' }; (Get-MacProviderClient).Count"
        $lines | Should -Be 'asked', '3'
    }

    It 'does nothing with -WhatIf, not even by force' {
        Get-MacProviderClient | Remove-MacProviderClient -Force -WhatIf
        Get-MacProviderClient | Should -HaveCount 3
    }

    It 'fails with ClientNotFound for a name that no client has' {
        $failure = Get-MacError { Remove-MacProviderClient none -Force }
        "$($failure.Id) $($failure.Category)" | Should -Be 'ClientNotFound ObjectNotFound'
        $failure.Message | Should -Match '\.$'
    }

    It 'completes names' {
        (Complete-Line 'Remove-MacProviderClient ').CompletionText | Should -Be 'a', 'b', 'c'
    }
}
