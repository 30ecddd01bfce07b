BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacSecurityGroupMember' {
    BeforeEach {
        New-ExampleStore
        $null = 'web-1', 'web-2', 'db-1' | New-MacInterface -VlanId 10
        $null = 'web', 'clients' | New-MacSecurityGroup
        Get-MacInterface web-* | Add-MacSecurityGroupMember web
        Add-MacSecurityGroupMember clients web-1
    }

    It 'takes a record out of a group' {
        Remove-MacSecurityGroupMember web web-1 | Should -BeNullOrEmpty
        (Get-MacInterface web-1).SecurityGroup | Should -Be 'clients'
        $record = Remove-MacSecurityGroupMember -Group clients -Interface WEB-1 -PassThru
        $record | Should -BeOfType MacSegmentation.InterfaceRecords.MacInterface
        $record.SecurityGroup | Should -HaveCount 0
        (Get-MacSecurityGroup web).Member | Should -Be 'web-2'
    }

    It 'takes records from the pipeline: <Case>' -ForEach @(
        @{ Case = 'records'; Records = { Get-MacInterface -SecurityGroup web } }
        @{ Case = 'names'; Records = { (Get-MacSecurityGroup web).Member } }
        @{ Case = 'objects with a name'; Records = { 'web-1', 'web-2' | ForEach-Object { [pscustomobject]@{ Name = $_ } } } }
    ) {
        & $Records | Remove-MacSecurityGroupMember web
        (Get-MacSecurityGroup web).Member | Should -HaveCount 0
        (Get-MacSecurityGroup clients).Member | Should -Be 'web-1'
    }

    It 'does nothing with -WhatIf' {
        Get-MacInterface web-* | Remove-MacSecurityGroupMember web -WhatIf
        (Get-MacSecurityGroup web).Member | Should -HaveCount 2
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no member'; Id = 'SecurityGroupMemberNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacSecurityGroupMember web db-1 } }
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacSecurityGroupMember none web-1 } }
        @{ Case = 'no group'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Remove-MacSecurityGroupMember '' web-1 } }
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacSecurityGroupMember web web-3 } }
        @{ Case = 'no record'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Remove-MacSecurityGroupMember web '' } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes groups, and the members of the group' {
        (Complete-Line 'Remove-MacSecurityGroupMember -Group ').CompletionText | Should -Be 'clients', 'web'
        (Complete-Line 'Remove-MacSecurityGroupMember -Group clients -Interface ').CompletionText | Should -Be 'web-1'
        (Complete-Line 'Remove-MacSecurityGroupMember WEB ').CompletionText | Should -Be 'web-1', 'web-2'
    }
}
