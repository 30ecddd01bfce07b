BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = 'vm-1', 'vm-2' | New-MacAllocation 10
    Remove-MacAllocation -InstanceId vm-1
    $null = Add-MacPolicy 20 * * Deny
    Set-MacPolicy 20 10 -Action Drop
    Remove-MacPolicy 20 10
    Set-MacVlan 20 -Name plcs
    Remove-MacVlan 20 -Confirm:$false
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacAuditEvent' {
    It 'shows every change in order, and who made it' {
        $events = Get-MacAuditEvent
        $events.Action | Should -Be 'CreateVlan', 'CreateVlan', 'AllocateAddress', 'AllocateAddress', 'ReleaseAddress',
            'AddPolicy', 'ChangePolicy', 'RemovePolicy', 'ChangeVlan', 'RemoveVlan'
        $events[0] | Should -BeOfType MacSegmentation.Auditing.MacAuditEvent
        $events.Process | Select-Object -Unique | Should -BeLike "*/$PID"
        $events[0].User | Should -BeLike "*$([Environment]::UserName)"
        $events[-1].Revision | Should -Be (Get-MacStore).Revision
        ($events[-1].Time - [DateTimeOffset]::Now).TotalMinutes | Should -BeLessThan 1
    }

    It 'shows those of a VLAN, removed though it is, of an action, the newest, or since a time' {
        (Get-MacAuditEvent 10) | Should -HaveCount 4
        (Get-MacAuditEvent -VlanId 20 -Action AddPolicy).Subject | Should -Be '10: * -> * Deny'
        (Get-MacAuditEvent -Newest 2).Action | Should -Be 'ChangeVlan', 'RemoveVlan'
        (Get-MacAuditEvent -Since (Get-Date).AddHours(-1)) | Should -HaveCount 10
        Get-MacAuditEvent -Since (Get-Date).AddHours(1) | Should -BeNullOrEmpty
    }

    It 'shows those of a subject, a user, a reason, a revision or up to a time' {
        (Get-MacAuditEvent -Subject 00:1A:2B:3C:40:00).Action | Should -Be 'AllocateAddress', 'ReleaseAddress'
        (Get-MacAuditEvent -Subject 00:1a:2b:3c:40:0[12]).Action | Should -Be 'AllocateAddress'
        (Get-MacAuditEvent -Subject 'VLAN *' -Newest 2).Action | Should -Be 'ChangeVlan', 'RemoveVlan'
        (Get-MacAuditEvent -Subject '00:1a:2b:3c:40:0[0]' -Newest 1).Action | Should -Be 'ReleaseAddress'
        Get-MacAuditEvent -User "*$([Environment]::UserName)" | Should -HaveCount 10
        Get-MacAuditEvent -User nobody | Should -BeNullOrEmpty
        (Get-MacAuditEvent -Revision 1).Action | Should -Be 'CreateVlan'
        Get-MacAuditEvent -Until (Get-Date).AddHours(1) | Should -HaveCount 10
        Get-MacAuditEvent -Until (Get-Date).AddHours(-1) | Should -BeNullOrEmpty
        Get-MacAuditEvent -Reason * | Should -HaveCount 10
        Get-MacAuditEvent -Reason CHG-* | Should -BeNullOrEmpty
    }

    It 'takes VLANs from the pipeline, by property name' {
        (Get-MacVlan 10 | Get-MacAuditEvent) | Should -HaveCount 4
    }

    It 'shows no VLAN where there is none' {
        $null = New-MacSecurityGroup web
        Get-MacAuditEvent -Newest 1 | Out-String -Width 120 | Should -Match '(?m) CreateSecurityGroup +web'
        (Get-MacAuditEvent -Newest 1).VlanId | Should -Be 0
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Command = { Get-MacAuditEvent 0 } }
        @{ Case = 'no events'; Id = 'ParameterArgumentValidationError'; Command = { Get-MacAuditEvent -Newest 0 } }
    ) {
        (Get-MacError $Command).Id | Should -Be $Id
    }

    It 'completes VLANs and actions' {
        (Complete-Line 'Get-MacAuditEvent -VlanId ').CompletionText | Should -Be '10'
        (Complete-Line 'Get-MacAuditEvent -Action AddPo').CompletionText | Should -Be 'AddPolicy'
    }

    It 'says why, if whoever made the change did' {
        $null = New-MacSecurityGroup reasoned -Reason ' CHG-4711 '
        $event = Get-MacAuditEvent -Reason 'chg-*'
        $event.Subject, $event.Reason | Should -Be 'reasoned', 'CHG-4711'
        $event | Out-String -Width 120 | Should -Match 'CHG-4711'
    }
}
