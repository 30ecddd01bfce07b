BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacProviderClient' {
    BeforeEach {
        New-ExampleStore
        $null = 'site-a', 'site-b' | New-MacProviderClient -VlanId 10 -Quota 5 -Group plant
    }

    It 'changes what is given and leaves the rest' {
        Set-MacProviderClient SITE-A -Quota 7 | Should -BeNullOrEmpty
        $changed = Set-MacProviderClient site-a -Scope Read, Administer -PassThru
        $changed | Should -BeOfType MacSegmentation.Clients.MacProviderClient
        "$($changed.Name) $($changed.VlanId) $($changed.Quota) $($changed.Group) $($changed.Scope) $($changed.ExpiresAt)" | Should -Be 'site-a 10 7 plant Read, Administer '
        $changed = Set-MacProviderClient site-a -VlanId 20 -Group '' -Quota 0 -ExpiresAt 2199-01-01 -PassThru
        "$($changed.VlanId) $($changed.Quota) [$($changed.Group)] $($changed.ExpiresAt.Year)" | Should -Be '20 0 [] 2199'
        $changed = Set-MacProviderClient site-a -AllVlans -NeverExpires -PassThru
        $changed.VlanId | Should -BeNullOrEmpty
        $changed.ExpiresAt | Should -BeNullOrEmpty
    }

    It 'gives a new token, beside which the former goes on for a while' {
        $former = Get-MacProviderClient site-a
        $rotated = Set-MacProviderClient site-a -Rotate -Overlap 1h
        $rotated | Should -BeOfType MacSegmentation.Clients.MacProviderClientToken
        $rotated.Token | Should -Match '^mps_[\w-]{43}$'
        $now = Get-MacProviderClient site-a
        $now.FormerDigest | Should -Be $former.TokenDigest
        ($now.FormerUntil - [DateTimeOffset]::UtcNow).TotalMinutes | Should -BeGreaterThan 50
        $null = Set-MacProviderClient site-a -Rotate
        (Get-MacProviderClient site-a).FormerUntil | Should -BeNullOrEmpty
        (Get-MacAuditEvent -Action ChangeProviderClient)[-1].Detail | Should -Be 'new token'
    }

    It 'takes clients and rows from the pipeline' {
        Get-MacProviderClient | Set-MacProviderClient -Quota 9
        (Get-MacProviderClient).Quota | Should -Be 9, 9
        "Name,Quota,Group`nsite-a,3,ward`nsite-b,," | ConvertFrom-Csv | Set-MacProviderClient -Scope Read
        (Get-MacProviderClient).Quota | Should -Be 3, 9
    }

    It 'does nothing with -WhatIf' {
        Get-MacProviderClient | Set-MacProviderClient -Quota 0 -Rotate -WhatIf
        (Get-MacProviderClient).Quota | Should -Be 5, 5
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown client'; Id = 'ClientNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacProviderClient site-c -Quota 1 } }
        @{ Case = 'nothing to change'; Id = 'NothingToChange'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a } }
        @{ Case = 'a quota below none'; Id = 'InvalidQuota'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a -Quota -1 } }
        @{ Case = 'an end that is over'; Id = 'InvalidExpiry'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a -ExpiresAt 2001-01-01 } }
        @{ Case = 'no scope'; Id = 'InvalidScope'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a -Scope None } }
        @{ Case = 'a group that is called as a client'; Id = 'OwnerNameTaken'; Category = 'ResourceExists'; Command = { Set-MacProviderClient site-a -Group site-b } }
        @{ Case = 'a group with wildcards'; Id = 'InvalidGroupName'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a -Group 'a*' } }
        @{ Case = 'an overlap of nothing'; Id = 'InvalidOverlap'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a -Overlap 1h } }
        @{ Case = 'an overlap of a year'; Id = 'InvalidOverlap'; Category = 'InvalidArgument'; Command = { Set-MacProviderClient site-a -Rotate -Overlap 365d } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Set-MacProviderClient site-a -VlanId 30 } }
        @{ Case = 'a scope that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Set-MacProviderClient site-a -Scope Write } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes names, scopes and groups' {
        (Complete-Line 'Set-MacProviderClient s').CompletionText | Should -Be 'site-a', 'site-b'
        (Complete-Line 'Set-MacProviderClient a -Scope ').CompletionText | Should -Be 'Administer', 'None', 'Read', 'Request'
        (Complete-Line 'Set-MacProviderClient a -Group ').CompletionText | Should -Be 'plant'
    }
}
