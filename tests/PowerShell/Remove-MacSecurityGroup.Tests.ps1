BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacSecurityGroup' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10
        $null = 'web', 'clients', 'spare' | New-MacSecurityGroup
        $null = Add-MacSecurityGroupRule web Inbound Tcp -Port 80 -RemoteGroup clients
        Add-MacSecurityGroupMember web web-1
    }

    It 'removes a group that nobody needs' {
        Remove-MacSecurityGroup spare -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacSecurityGroup).Name | Should -Be 'clients', 'web'
    }

    It 'removes one with members by force only: they leave it' {
        $failure = Get-MacError { Remove-MacSecurityGroup web -Confirm:$false }
        $failure.Id | Should -Be 'SecurityGroupInUse'
        $failure.Category | Should -Be 'ResourceBusy'
        $failure.Message | Should -BeLike '*1 member*-Force.'
        (Remove-MacSecurityGroup web -Force -PassThru).Member | Should -Be 'web-1'
        (Get-MacInterface web-1).SecurityGroup | Should -HaveCount 0
        Get-MacSecurityGroupRule | Should -BeNullOrEmpty
    }

    It 'removes one that rules of others name by force only: the rules go' {
        (Get-MacError { Remove-MacSecurityGroup clients -Confirm:$false }).Id | Should -Be 'SecurityGroupInUse'
        Remove-MacSecurityGroup clients -Force
        (Get-MacSecurityGroup web).Rule | Should -HaveCount 0
    }

    It 'does not remove one if the members of another could then send anywhere, also not by force' {
        $null = Add-MacSecurityGroupRule web Outbound Any -RemoteGroup spare
        $failure = Get-MacError { Remove-MacSecurityGroup spare -Force }
        $failure.Id | Should -Be 'LastOutboundRule'
        $failure.Category | Should -Be 'ResourceBusy'
        $null = Add-MacSecurityGroupRule web Outbound Udp -Port 53
        Remove-MacSecurityGroup spare -Force
        (Get-MacSecurityGroup web).Rule.Direction | Should -Be 'Inbound', 'Outbound'
    }

    It 'takes groups from the pipeline, by name and as objects' {
        'spare' | Remove-MacSecurityGroup -Confirm:$false
        Get-MacSecurityGroup | Remove-MacSecurityGroup -Force
        Get-MacSecurityGroup | Should -BeNullOrEmpty
    }

    It 'asks first, as it destroys, but not whoever has said -Force' {
        $impact = (Get-Command Remove-MacSecurityGroup).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact
        $impact | Should -Be 'High'
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Remove-MacSecurityGroup clients -Force; Remove-MacSecurityGroup spare"
        "$lines" | Should -Match 'NonInteractive'
        (Get-MacSecurityGroup).Name | Should -Be 'spare', 'web'
    }

    It 'does nothing with -WhatIf' {
        Get-MacSecurityGroup spare | Remove-MacSecurityGroup -WhatIf
        Get-MacSecurityGroup | Remove-MacSecurityGroup -WhatIf -Force
        Get-MacSecurityGroup | Should -HaveCount 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacSecurityGroup none -Confirm:$false } }
        @{ Case = 'a pattern'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Remove-MacSecurityGroup * -Force } }
        @{ Case = 'no name'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Remove-MacSecurityGroup '' -Force } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes groups' {
        (Complete-Line 'Remove-MacSecurityGroup s').CompletionText | Should -Be 'spare'
    }
}
