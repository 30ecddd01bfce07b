BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacProvider' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-a', 'site-b', 'site-c' | New-MacProvider
    }

    It 'removes providers' {
        Remove-MacProvider SITE-A -Confirm:$false | Should -BeNullOrEmpty
        (Remove-MacProvider site-b -Force -PassThru).Name | Should -Be 'site-b'
        (Get-MacProvider).Name | Should -Be 'site-c'
    }

    It 'takes providers from the pipeline' {
        Get-MacProvider | Remove-MacProvider -Force
        Get-MacProvider | Should -BeNullOrEmpty
    }

    It 'removes one whose only blocks are closed' {
        $block = Grant-MacBlock site-a 10 16
        Revoke-MacBlock $block.BlockId -Force -Confirm:$false
        Remove-MacProvider site-a -Force
        Get-MacBlock | Should -BeNullOrEmpty
    }

    It 'asks before it removes' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; try { Remove-MacProvider site-a } catch { 'asked' }; (Get-MacProvider).Count"
        $lines | Should -Be 'asked', '3'
    }

    It 'does nothing with -WhatIf, not even by force' {
        Get-MacProvider | Remove-MacProvider -Force -WhatIf
        Get-MacProvider | Should -HaveCount 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown provider'; Id = 'ProviderNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacProvider site-d -Force } }
        @{ Case = 'one that has blocks'; Id = 'ProviderInUse'; Category = 'ResourceBusy'; Command = { Remove-MacProvider site-a -Force }; Prepare = { $null = Grant-MacBlock site-a 10 16 } }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes names' {
        (Complete-Line 'Remove-MacProvider s').CompletionText | Should -Be 'site-a', 'site-b', 'site-c'
    }
}
