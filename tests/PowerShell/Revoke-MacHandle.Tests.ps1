BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Revoke-MacHandle' {
    BeforeEach {
        New-ExampleStore
        $null = 'urn:x:a', 'urn:x:b' | Request-MacAddress -VlanId 10
        $null = Request-MacAddress urn:x:vm 20 -InstanceId vm-1
        $null = Request-MacAddress urn:x:vm 20 -InstanceId vm-2 -Intent Copy
    }

    It 'revokes an address, with its reason in the audit' {
        Revoke-MacHandle urn:x:a -Reason Scrapped -Confirm:$false | Should -BeNullOrEmpty
        $handle = Get-MacHandle urn:x:a
        "$($handle.State) $($handle.Reason)" | Should -Be 'Revoked Scrapped'
        $audit = (Get-MacAuditEvent)[-1]
        "$($audit.Action) $($audit.Subject) $($audit.Detail)" | Should -Be 'RevokeHandle urn:x:a 00:1a:2b:3c:40:00: Scrapped'
    }

    It 'holds the address down for a day, or as long as is said' {
        $null = New-MacVlan 30 -Range 06-00-00-00-00-00/48
        $null = Request-MacAddress c 30
        Revoke-MacHandle c -Force
        (Get-MacError { Request-MacAddress d 30 }).Id | Should -Be 'PoolExhausted'
        (Get-MacPool 30).HeldDown | Should -Be 1
        (Request-MacAddress c 30).Outcome | Should -Be 'Restored'
        Revoke-MacHandle c -HoldDownTime 0 -Force
        (Request-MacAddress d 30 -WarningAction SilentlyContinue).MacAddress | Should -Be '06:00:00:00:00:00'
    }

    It 'understands the former names' {
        Revoke-MacHandle urn:x:a -RestTime 0 -Force
        (Get-MacHandle -State Recovered).Handle | Should -Be 'urn:x:a'
        (Get-MacAuditEvent -Action RecoverHandle).Action | Should -Be 'RevokeHandle'
        $handle = Get-MacHandle urn:x:a
        $handle.RestsUntil | Should -Be $handle.HeldDownUntil
        $handle | Format-List | Out-String | Should -Not -BeLike '*RestsUntil*'
        $handle | ConvertTo-Json | Should -Not -BeLike '*RestsUntil*'
    }

    It 'takes handles from the pipeline, and writes them as they are now' {
        $revoked = 'urn:x:a', 'urn:x:b' | Revoke-MacHandle -Force -PassThru
        $revoked.State | Should -Be 'Revoked', 'Revoked'
        (Get-MacAllocation 20 | Revoke-MacHandle -Force -PassThru).InstanceId | Should -Be 'vm-1', 'vm-2'
    }

    It 'revokes a clone''s address, and not that of the handle itself' {
        Get-MacHandle -InstanceId vm-2 | Revoke-MacHandle -Force
        (Get-MacHandle urn:x:vm).State | Should -Be 'Held', 'Revoked'
        Get-MacHandle urn:x:vm -State Held | Revoke-MacHandle -Force
        (Get-MacHandle urn:x:vm).State | Should -Be 'Revoked', 'Revoked'
    }

    It 'asks before it revokes' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; try { Revoke-MacHandle urn:x:a } catch { 'asked' }; (Get-MacHandle urn:x:a).State"
        $lines | Should -Be 'asked', 'Held'
    }

    It 'does nothing with -WhatIf, not even by force' {
        Get-MacHandle | Revoke-MacHandle -WhatIf -Force
        Get-MacHandle -State Held | Should -HaveCount 4
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown handle'; Id = 'HandleNotFound'; Category = 'ObjectNotFound'; Command = { Revoke-MacHandle urn:x:c } }
        @{ Case = 'an empty handle'; Id = 'InvalidHandle'; Category = 'InvalidArgument'; Command = { Revoke-MacHandle '' } }
        @{ Case = 'one that has no address'; Id = 'HandleNotHeld'; Category = 'InvalidOperation'; Command = { Revoke-MacHandle urn:x:a }; Prepare = { Remove-MacHandle urn:x:a } }
        @{ Case = 'a reason of 513 characters'; Id = 'InvalidReason'; Category = 'InvalidArgument'; Command = { Revoke-MacHandle urn:x:a -Reason ('r' * 513) -Force } }
        @{ Case = 'a reason of two lines'; Id = 'InvalidReason'; Category = 'InvalidArgument'; Command = { Revoke-MacHandle urn:x:a -Reason "a`nb" -Force } }
        @{ Case = 'a negative hold-down time'; Id = 'InvalidRestTime'; Category = 'InvalidArgument'; Command = { Revoke-MacHandle urn:x:a -HoldDownTime -1 -Force } }
        @{ Case = 'a rest of eleven years'; Id = 'InvalidRestTime'; Category = 'InvalidArgument'; Command = { Revoke-MacHandle urn:x:a -HoldDownTime 4015.00:00:00 -Force } }
        @{ Case = 'a hold-down time that is no time'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Revoke-MacHandle urn:x:a -HoldDownTime soon -Force } }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes handles' {
        (Complete-Line 'Revoke-MacHandle urn').CompletionText | Should -Be 'urn:x:a', 'urn:x:b', 'urn:x:vm'
    }
}
