BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = 'site-a', 'site-b' | New-MacProvider
    function Start-Site([string] $Name) { Start-MacProvider $Name http://127.0.0.1:0 -AllowPlainHttp -LocalPath (Join-Path $TestDrive "$Name.db") }
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ MacProvider | Remove-Job -Force
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Stop-MacProvider' {
    AfterEach {
        Get-Job | Where-Object PSJobTypeName -EQ MacProvider | Remove-Job -Force
    }

    It 'stops a provider by name, and its process ends' {
        $job = Start-Site site-a
        Stop-MacProvider SITE-A | Should -BeNullOrEmpty
        $job.State | Should -Be 'Stopped'
        Get-Process -Id $job.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'stops providers by pattern, job and object' {
        $a, $b = (Start-Site site-a), (Start-Site site-b)
        $a | Stop-MacProvider -PassThru | Should -Be $a
        "$($a.State) $($b.State)" | Should -Be 'Stopped Running'
        Stop-MacProvider site-*
        $b.State | Should -Be 'Stopped'
        Stop-MacProvider none*
    }

    It 'does nothing with -WhatIf' {
        $job = Start-Site site-a
        Stop-MacProvider site-a -WhatIf
        $job.State | Should -Be 'Running'
    }

    It 'completes providers that run' {
        $null = Start-Site site-b
        (Complete-Line 'Stop-MacProvider ').CompletionText | Should -Be 'site-b'
    }

    It 'fails with ProviderNotRunning: <Case>' -ForEach @(
        @{ Case = 'a provider that does not run'; Command = { Stop-MacProvider site-a } }
        @{ Case = 'another job'; Command = { Start-ThreadJob { } | Stop-MacProvider } }
    ) {
        $failure = Get-MacError $Command
        "$($failure.Id) $($failure.Category)" | Should -Be 'ProviderNotRunning ObjectNotFound'
        $failure.Message | Should -Match '\.$'
    }
}
