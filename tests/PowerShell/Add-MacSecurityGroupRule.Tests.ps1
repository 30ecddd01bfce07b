BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacSecurityGroupRule' {
    BeforeEach {
        New-ExampleStore
        $null = 'web', 'clients' | New-MacSecurityGroup
    }

    It 'adds a rule for ports and a remote group' {
        $rule = Add-MacSecurityGroupRule web -Direction Inbound -Protocol Tcp -Port 80,443 -RemoteGroup clients
        $rule | Should -BeOfType MacSegmentation.SecurityGroups.MacSecurityGroupRule
        "$($rule.GroupName): $rule" | Should -Be 'web: Inbound Tcp 80,443 from clients'
        (Get-MacSecurityGroupRule -RuleId $rule.RuleId | Out-String) | Should -Be ($rule | Out-String)
    }

    It 'adds a rule for a remote prefix or address' {
        $rule = Add-MacSecurityGroupRule web -Direction Inbound -Protocol Icmp -RemoteAddress 10.0.0.0/24
        "$rule" | Should -Be 'Inbound Icmp from 10.0.0.0/24'
        "$((Add-MacSecurityGroupRule web Outbound IcmpV6 -RemoteAddress fd00::5).RemoteAddress)" | Should -Be 'fd00::5/128'
    }

    It 'takes ports in every form: <Text>' -ForEach @(
        @{ Text = '80'; Ports = @(80); Is = '80' }
        @{ Text = '8000-8080'; Ports = '8000-8080'; Is = '8000-8080' }
        @{ Text = '443,80,81'; Ports = @(443, 80, 81); Is = '80-81 443' }
        @{ Text = '22, 80-90 in one text'; Ports = '22, 80-90'; Is = '22 80-90' }
        @{ Text = 'mixed'; Ports = @('22;23', 25); Is = '22-23 25' }
    ) {
        "$((Add-MacSecurityGroupRule web Inbound Udp -Port $Ports).Port)" | Should -Be $Is
    }

    It 'takes protocols by name and number: <_>' -ForEach 'tcp', 'Any', '47', 'icmpv6' {
        "$((Add-MacSecurityGroupRule web Outbound $_).Protocol)" | Should -Be (@{ tcp = 'Tcp'; icmpv6 = 'IcmpV6' }[$_] ?? $_)
    }

    It 'takes groups from the pipeline, by name and as objects' {
        (Get-MacSecurityGroup | Add-MacSecurityGroupRule -Direction Outbound -Protocol Any).GroupName | Should -Be 'clients', 'web'
        ('web', 'clients' | Add-MacSecurityGroupRule -Direction Inbound -Protocol Any).GroupName | Should -Be 'web', 'clients'
        (Add-MacSecurityGroupRule web, clients Inbound Udp).GroupName | Should -Be 'web', 'clients'
    }

    It 'takes rows of a CSV file, empty cells included' {
        $rules = @'
Group,Direction,Protocol,Port,RemoteAddress,RemoteGroup
web,Inbound,Tcp,"80, 443",,clients
web,Outbound,17,53,10.0.0.53,
web,Inbound,Icmp
'@ | ConvertFrom-Csv | Add-MacSecurityGroupRule
        $rules | ForEach-Object { "$_" } | Should -Be 'Inbound Tcp 80,443 from clients', 'Outbound Udp 53 to 10.0.0.53/32', 'Inbound Icmp from anywhere'
    }

    It 'takes the rules of another group' {
        $null = Add-MacSecurityGroupRule web Inbound Tcp -Port 80,443 -RemoteGroup clients
        $null = Add-MacSecurityGroupRule web Outbound Any -RemoteAddress 10.0.0.0/8
        $copies = Get-MacSecurityGroupRule web | Add-MacSecurityGroupRule -Group clients
        $copies | ForEach-Object { "$($_.GroupName): $_" } | Should -Be 'clients: Inbound Tcp 80,443 from clients', 'clients: Outbound Any to 10.0.0.0/8'
    }

    It 'does nothing with -WhatIf' {
        $revision = (Get-MacStore).Revision
        Add-MacSecurityGroupRule web Inbound Tcp -Port 80 -WhatIf | Should -BeNullOrEmpty
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'ports of ICMP'; Id = 'PortsNeedTcpOrUdp'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule web Inbound Icmp -Port 80 } }
        @{ Case = 'ports of any protocol'; Id = 'PortsNeedTcpOrUdp'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule web Inbound Any -Port 80 } }
        @{ Case = 'a remote group that does not exist'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacSecurityGroupRule web Inbound Tcp -RemoteGroup none } }
        @{ Case = 'an unknown group'; Id = 'SecurityGroupNotFound'; Category = 'ObjectNotFound'; Command = { Add-MacSecurityGroupRule none Inbound Tcp } }
        @{ Case = 'no group'; Id = 'InvalidSecurityGroupName'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule '' Inbound Tcp } }
        @{ Case = 'two other sides'; Id = 'RemoteTwice'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule web Inbound Tcp -RemoteGroup clients -RemoteAddress 10.0.0.5 } }
        @{ Case = 'no remote address'; Id = 'InvalidRemoteAddress'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule web Inbound Tcp -RemoteAddress 10.0.0 } }
        @{ Case = 'bits below the prefix'; Id = 'InvalidRemoteAddress'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule web Inbound Tcp -RemoteAddress 10.0.0.5/24 } }
        @{ Case = 'ICMP with IPv6'; Id = 'ProtocolFamilyMismatch'; Category = 'InvalidArgument'; Command = { Add-MacSecurityGroupRule web Inbound Icmp -RemoteAddress fd00::/64 } }
        @{ Case = 'a rule that is there'; Id = 'SecurityGroupRuleExists'; Category = 'ResourceExists'; Command = { Add-MacSecurityGroupRule WEB Inbound Tcp -Port 80 } }
        @{ Case = 'port 65536'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacSecurityGroupRule web Inbound Tcp -Port 65536 } }
        @{ Case = 'reversed ports'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacSecurityGroupRule web Inbound Tcp -Port 90-80 } }
        @{ Case = 'no protocol'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Add-MacSecurityGroupRule web Inbound 256 } }
    ) {
        $null = Add-MacSecurityGroupRule web Inbound Tcp -Port 80
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        Get-MacSecurityGroupRule | Should -HaveCount 1
    }

    It 'completes groups, directions, protocols and addresses' {
        $null = New-MacInterface web-1 10 10.0.0.11/24
        (Complete-Line 'Add-MacSecurityGroupRule -Group ').CompletionText | Should -Be 'clients', 'web'
        (Complete-Line 'Add-MacSecurityGroupRule web -Direction ').CompletionText | Should -Be 'Inbound', 'Outbound'
        $protocols = Complete-Line 'Add-MacSecurityGroupRule web -Protocol '
        $protocols.CompletionText | Should -Be 'Tcp', 'Udp', 'Icmp', 'IcmpV6', 'Any'
        $protocols[0].ToolTip | Should -Be 'Protocol 6'
        (Complete-Line 'Add-MacSecurityGroupRule web Inbound Tcp -RemoteGroup c').CompletionText | Should -Be 'clients'
        (Complete-Line 'Add-MacSecurityGroupRule web Inbound Tcp -RemoteAddress ').CompletionText | Should -Be '10.0.0.11'
    }
}
