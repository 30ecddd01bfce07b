BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Revoke-MacBlock' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-a', 'site-b' | New-MacProvider | Grant-MacBlock -VlanId 10 -Count 16
    }

    It 'asks a provider to give a block back, and gives its addresses to nobody before it has' {
        Revoke-MacBlock 1 -Confirm:$false | Should -BeNullOrEmpty
        "$(Get-MacBlock -BlockId 1 | ForEach-Object { $_.State, $_.Epoch })" | Should -Be 'Recalled 1'
        (Get-MacPool 10).Free | Should -Be 4064
        Revoke-MacBlock 1 -FreeOnly -Confirm:$false
    }

    It 'closes a block by force, and has its free addresses at once' {
        $block = Revoke-MacBlock 1 -Force -Confirm:$false -PassThru
        "$($block.State) $($block.Epoch)" | Should -Be 'Closed 2'
        (Get-MacPool 10).Free | Should -Be 4080
        (Get-MacAuditEvent)[-1].Action | Should -Be 'CloseBlock'
    }

    It 'takes blocks and numbers from the pipeline' {
        (Get-MacBlock | Revoke-MacBlock -Confirm:$false -PassThru).State | Should -Be 'Recalled', 'Recalled'
        (2, 1 | Revoke-MacBlock -Force -Confirm:$false -PassThru).BlockId | Should -Be 2, 1
    }

    It 'asks, by force too, and says what the administrator answers for' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; try { Revoke-MacBlock 1 -Force } catch { 'asked' }; try { Revoke-MacBlock 1 } catch { 'asked' }; (Get-MacBlock -BlockId 1).State"
        $lines | Should -Be 'asked', 'asked', 'Active'
        $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
        $shown = 'Y' | Invoke-ShellCommand '-Command', "Import-Module '$manifest'; `$null = Connect-MacStore '$((Get-MacStore).Path)'; Revoke-MacBlock 1 -Force"

        # On Windows a question goes to the console, past what can be read here.
        if (-not $IsWindows) {
            "$shown" | Should -BeLike '*You answer for it that the provider is dead*two owners*'
        }
        (Get-MacBlock -BlockId 1).State | Should -Be 'Closed'
    }

    It 'does nothing with -WhatIf' {
        Get-MacBlock | Revoke-MacBlock -WhatIf
        Get-MacBlock | Revoke-MacBlock -Force -WhatIf
        (Get-MacBlock).State | Should -Be 'Active', 'Active'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown block'; Id = 'BlockNotFound'; Category = 'ObjectNotFound'; Command = { Revoke-MacBlock 9 } }
        @{ Case = 'a block that is closed'; Id = 'BlockClosed'; Category = 'InvalidOperation'; Command = { Revoke-MacBlock 1 -Force }; Prepare = { Revoke-MacBlock 1 -Force -Confirm:$false } }
        @{ Case = 'a block that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Revoke-MacBlock x } }
        @{ Case = 'both ways'; Id = 'AmbiguousParameterSet'; Category = 'InvalidArgument'; Command = { Revoke-MacBlock 1 -FreeOnly -Force } }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'says how many addresses of a block are given out, and to whom' {
        # What a provider reports, the shared store has as an allocation and a handle of that provider.
        $connection = Open-Sqlite (Get-MacStore).Path
        Invoke-Sqlite $connection "
            INSERT INTO allocation (address, vlan_id, instance_id, allocated_at, handle) VALUES (112394518528, 10, 'vm-1', 0, 'urn:x:a');
            INSERT INTO handle (handle, vlan_id, address, state, instance_id, copy_key, provider, assigned_at, reason, notice, is_reported, revision)
            VALUES ('urn:x:a', 10, 112394518528, 0, 'vm-1', '', 'site-a', 0, '', '', 1, 1)"
        $connection.Dispose()
        $failure = Get-MacError { Revoke-MacBlock 1 }
        "$($failure.Id) $($failure.Category)" | Should -Be 'BlockInUse ResourceBusy'
        $failure.Message | Should -BeLike "1 of the 16 addresses*'urn:x:a'*"
        (Revoke-MacBlock 1 -FreeOnly -Confirm:$false -PassThru).State | Should -Be 'Recalled'
    }

    It 'completes blocks' {
        (Complete-Line 'Revoke-MacBlock ').CompletionText | Should -Be '1', '2'
    }
}
