BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacPartitionPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
    }

    It 'adds a policy with what is given' {
        $made = Add-MacPartitionPolicy shop-web -Peer SHOP-DB -Direction Outbound -Protocol Tcp -Port 5432, 6000-6010 -Action Redirect -To ids-port -Order 3 -Staged
        "$($made.Partition) $($made.Order) $made" | Should -Be 'shop-web 3 Outbound Tcp 5432,6000-6010 with shop-db: Redirect to ids-port, staged'
        (Add-MacPartitionPolicy shop-web * Deny).Order | Should -Be 4
    }

    It 'takes the peer <Peer> and the EtherType <EtherType>' -ForEach @(
        @{ Peer = '*'; EtherType = 0x88cc; Text = '0x88cc with *: Drop' }
        @{ Peer = 'vlan:20'; EtherType = '0x88CC'; Text = '0x88cc with vlan:20: Drop' }
        @{ Peer = 'shop-db'; EtherType = '35020'; Text = '0x88cc with shop-db: Drop' }
    ) {
        "$(Add-MacPartitionPolicy shop-web $Peer Drop -EtherType $EtherType)" | Should -Be $Text
    }

    It 'refuses <Call> with <Id>' -ForEach @(
        @{ Call = 'none * Deny'; Id = 'PartitionNotFound' }
        @{ Call = 'shop-web none Deny'; Id = 'PartitionNotFound' }
        @{ Call = 'shop-web vlan:30 Deny'; Id = 'VlanNotFound' }
        @{ Call = 'shop-web vlan:x Deny'; Id = 'ParameterArgumentTransformationError' }
        @{ Call = 'shop-web * Deny -Port 80'; Id = 'PortsNeedTcpOrUdp' }
        @{ Call = 'shop-web * Deny -EtherType 5'; Id = 'InvalidEtherType' }
        @{ Call = 'shop-web * Deny -EtherType lldp'; Id = 'ParameterArgumentTransformationError' }
        @{ Call = 'shop-web * Deny -EtherType 0x88cc -Protocol Tcp'; Id = 'InvalidEtherType' }
        @{ Call = 'shop-web * Mirror'; Id = 'RedirectWithoutPort' }
        @{ Call = 'shop-web * Allow -To x'; Id = 'PortWithoutRedirect' }
        @{ Call = 'shop-web * Allow -Order 0'; Id = 'InvalidOrder' }
        @{ Call = 'shop-web * Block'; Id = 'ParameterArgumentTransformationError' }
    ) {
        (Get-MacError ([scriptblock]::Create("Add-MacPartitionPolicy $Call"))).Id | Should -Be $Id
    }

    It 'refuses a place that is taken and a policy that is there' {
        $null = Add-MacPartitionPolicy shop-web * Deny
        (Get-MacError { Add-MacPartitionPolicy shop-web * Allow -Order 1 }).Id | Should -Be PartitionPolicyOrderTaken
        (Get-MacError { Add-MacPartitionPolicy shop-web * Deny }).Id | Should -Be PartitionPolicyExists
    }

    It 'warns of a tie with a policy that is for the same packets, and of no other' {
        $null = New-MacPartition shop -Tag prod
        $null = Add-MacPartitionPolicy shop-web * Redirect -To ids-1 -Protocol Tcp -Port 80
        $null = Add-MacPartitionPolicy shop-db * Redirect -To ids-2 -Protocol Tcp -Port 443 -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty -Because 'no port is of both'
        $null = Add-MacPartitionPolicy shop * Redirect -To ids-3 -Protocol Tcp -Port 80 -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*policy 1 of 'shop-web'*are for the same packets*a tie*"
        $null = Add-MacPartitionPolicy shop * Deny -Protocol Tcp -Port 80 -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty -Because 'the stricter action decides'
        Set-MacPartition shop -Priority 7
        $null = Add-MacPartitionPolicy shop * Redirect -To ids-4 -Protocol Tcp -Port 80 -Direction Inbound -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty -Because 'the priority decides'
    }

    It 'adds a policy to partitions of the pipeline, and those of one to another' {
        (Get-MacPartition | Add-MacPartitionPolicy -Peer * -Action Deny).Partition | Should -Be 'shop-db', 'shop-web'
        $null = Add-MacPartitionPolicy shop-db vlan:20 Mirror -To ids -Protocol Udp -Port 53
        $made = Get-MacPartitionPolicy shop-db | Select-Object -Last 1 | Add-MacPartitionPolicy -Partition shop-web
        "$($made.Partition) $made" | Should -Be 'shop-web Udp 53 with vlan:20: Mirror to ids'
    }

    It 'offers partitions, VLANs and anything as peers' {
        (Complete-Line 'Add-MacPartitionPolicy shop-web ').CompletionText | Should -Be "'*'", 'shop-db', 'shop-web', 'vlan:10', 'vlan:20'
        (Complete-Line 'Add-MacPartitionPolicy sh').CompletionText | Should -Be 'shop-db', 'shop-web'
        (Complete-Line 'Add-MacPartitionPolicy shop-web * Redirect -To d').CompletionText | Should -Be 'db-1'
        (Complete-Line 'Add-MacPartitionPolicy shop-web * Drop -EtherType 0x88c').CompletionText | Should -Be '0x88cc'
    }
}
