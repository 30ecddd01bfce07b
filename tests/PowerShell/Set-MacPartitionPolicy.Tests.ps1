BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacPartitionPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'changes what is given and leaves the rest' {
        Set-MacPartitionPolicy 1 -Port 5432, 6432 | Should -BeNullOrEmpty
        "$(Set-MacPartitionPolicy 1 -Peer vlan:20 -Staged $true -PassThru)" | Should -Be 'Outbound Tcp 5432,6432 with vlan:20: Allow, staged'
        "$(Set-MacPartitionPolicy 1 -Port @() -Protocol Any -EtherType 0x88cc -Staged $false -Order 5 -PassThru)" | Should -Be 'Outbound 0x88cc with vlan:20: Allow'
        (Get-MacPartitionPolicy -PolicyId 1).Order | Should -Be 5
    }

    It 'takes a direction and an EtherType away' {
        Set-MacPartitionPolicy 2 -EtherType 0x88cc -Direction Inbound
        "$(Set-MacPartitionPolicy 2 -Direction $null -EtherType $null -PassThru)" | Should -Be 'with *: Deny'
    }

    It 'leaves what an object of the pipeline does not say' {
        "$([pscustomobject]@{ PolicyId = 1; Direction = ''; Action = 'Drop' } | Set-MacPartitionPolicy -PassThru)" | Should -Be 'Outbound Tcp 5432 with shop-db: Drop'
    }

    It 'forgets the port of an action that sends to none' {
        "$(Set-MacPartitionPolicy 2 -Action Redirect -To ids -PassThru)" | Should -Be 'with *: Redirect to ids'
        "$(Set-MacPartitionPolicy 2 -Action Drop -PassThru)" | Should -Be 'with *: Drop'
    }

    It 'refuses what cannot be' {
        (Get-MacError { Set-MacPartitionPolicy 1 -Action Mirror }).Id | Should -Be RedirectWithoutPort
        (Get-MacError { Set-MacPartitionPolicy 1 -Protocol Icmp }).Id | Should -Be PortsNeedTcpOrUdp
        (Get-MacError { Set-MacPartitionPolicy 1 -Peer none }).Id | Should -Be PartitionNotFound
        (Get-MacError { Set-MacPartitionPolicy 9 -Action Deny }).Id | Should -Be PartitionPolicyNotFound
        (Get-MacError { Set-MacPartitionPolicy 1 }).Id | Should -Be NothingToChange
    }

    It 'takes policies from the pipeline' {
        Get-MacPartitionPolicy | Set-MacPartitionPolicy -Staged $true
        (Get-MacPartitionPolicy).IsStaged | Should -Be $true, $true
    }

    It 'tells with -WhatIf from what to what it would change' {
        $lines = Invoke-Shell "`$null = Connect-MacStore '$((Get-MacStore).Path)'; Set-MacPartitionPolicy 1 -Action Deny -Direction `$null -WhatIf"
        "$lines" | Should -BeLike "*Change Action from Allow to Deny, Direction from 'Outbound' to 'both'*"
    }

    It 'offers policies by number, and says what they are' {
        (Complete-Line 'Set-MacPartitionPolicy 1').ToolTip | Should -Be 'shop-web: Outbound Tcp 5432 with shop-db: Allow'
    }
}
