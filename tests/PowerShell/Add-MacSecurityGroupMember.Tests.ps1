BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacSecurityGroupMember' {
    BeforeEach {
        New-ExampleStore
        $null = 'web-1', 'web-2', 'db-1' | New-MacInterface -VlanId 10
        $null = 'web', 'clients' | New-MacSecurityGroup
    }

    It 'makes the records of the pipeline members: <Case>' -ForEach @(
        @{ Case = 'records'; Records = { Get-MacInterface web-* } }
        @{ Case = 'names'; Records = { 'web-1', 'WEB-2' } }
        @{ Case = 'objects with a name'; Records = { 'web-1', 'web-2' | ForEach-Object { [pscustomobject]@{ Name = $_ } } } }
        @{ Case = 'rows of a CSV file'; Records = { 'Interface', 'web-1', 'web-2' | ConvertFrom-Csv } }
    ) {
        & $Records | Add-MacSecurityGroupMember web | Should -BeNullOrEmpty
        (Get-MacSecurityGroup web).Member | Should -Be 'web-1', 'web-2'
    }

    It 'takes groups and records by position and in arrays, and writes the records with -PassThru' {
        $records = Add-MacSecurityGroupMember web, clients web-1, db-1 -PassThru
        $records | ForEach-Object { $_ | Should -BeOfType MacSegmentation.InterfaceRecords.MacInterface }
        $records | ForEach-Object { "$($_.Name): $($_.SecurityGroup)" } | Should -Be 'web-1: web', 'db-1: web', 'web-1: clients web', 'db-1: clients web'
        Add-MacSecurityGroupMember -Group web -Interface (Get-MacInterface web-2)
        (Get-MacSecurityGroup web).Member | Should -HaveCount 3
    }

    It 'takes group and record by property name' {
        'GroupName,InterfaceName', 'web,web-1', 'clients,db-1' | ConvertFrom-Csv | Add-MacSecurityGroupMember
        (Get-MacSecurityGroup).Member | Should -Be 'db-1', 'web-1'
    }

    It 'changes a thousand records in few transactions' {
        $null = 1..1000 | ForEach-Object { "x-$_" } | New-MacInterface -VlanId 20
        $before = (Get-MacStore).Revision
        Get-MacInterface x-* | Add-MacSecurityGroupMember web
        (Get-MacSecurityGroup web).Member | Should -HaveCount 1000
        (Get-MacStore).Revision - $before | Should -BeLessThan 200
    }

    It 'does nothing with -WhatIf' {
        $revision = (Get-MacStore).Revision
        Get-MacInterface | Add-MacSecurityGroupMember web -WhatIf
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'goes on after a record that is a member' {
        Add-MacSecurityGroupMember web web-1
        $seen = Get-MacInterface web-* | Add-MacSecurityGroupMember web -PassThru 2>&1
        $seen[0].FullyQualifiedErrorId | Should -BeLike 'SecurityGroupMemberExists,*'
        $seen[1].Name | Should -Be 'web-2'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a member'; Id = 'SecurityGroupMemberExists'; Category = 'ResourceExists'; Command = { Add-MacSecurityGroupMember WEB WEB-1 } }
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacSecurityGroupMember none web-1 } }
        @{ Case = 'no group'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupMember '' web-1 } }
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacSecurityGroupMember web web-3 } }
        @{ Case = 'no record'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupMember web '' } }
    ) {
        Add-MacSecurityGroupMember web web-1
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes groups and records' {
        (Complete-Line 'Add-MacSecurityGroupMember -Group ').CompletionText | Should -Be 'clients', 'web'
        (Complete-Line 'Add-MacSecurityGroupMember web -Interface w').CompletionText | Should -Be 'web-1', 'web-2'
    }
}
