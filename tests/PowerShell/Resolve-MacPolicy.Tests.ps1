BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Resolve-MacPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24 -Tag prod, @{ tier = 'web'; floor = 2 }
        $null = New-MacInterface db-1 10 10.0.0.21/24 -Tag prod, @{ tier = 'db' }
        $null = New-MacPartition shop-web -Tag prod, @{ tier = 'web' }
        $null = New-MacPartition shop-db -Tag @{ tier = 'db' }
        $null = Add-MacPartitionPolicy shop-web shop-db Allow -Direction Outbound -Protocol Tcp -Port 5432
        $null = Add-MacPartitionPolicy shop-db * Deny
    }

    It 'lists what holds between two records, the deciding first and the default of the VLAN last' {
        $list = Resolve-MacPolicy web-1 db-1
        $list.ForEach({ $_.Rank }) | Should -Be 1, 2, 3
        $list.PolicyId | Should -Be 1, 2, 0
        $list.IsDeciding | Should -Be $true, $true, $false
        $back = Resolve-MacPolicy -From db-1 -To web-1
        $back.PolicyId | Should -Be 2, 0
    }

    It 'says that the default action decides where no policy is for all' {
        Set-MacVlan 10 -DefaultAction Deny
        Remove-MacPartitionPolicy 2 -Confirm:$false
        $last = (Resolve-MacPolicy web-1 db-1)[-1]
        "$($last.Action) $($last.IsDeciding) $($last.Reason)" | Should -BeLike 'Deny True The default action of VLAN 10*'
    }

    It 'says why a policy does not decide' {
        $null = Add-MacPartitionPolicy shop-db shop-web Deny -Direction Inbound -Protocol Tcp -Port 5432
        $second = (Resolve-MacPolicy web-1 db-1)[1]
        "$($second.PolicyId) $($second.IsDeciding) $($second.Reason)" | Should -BeLike "1 False Policy 3 of 'shop-db'*Deny is stricter than Allow."
    }

    It 'goes by the stricter action first where the store says so' {
        Set-MacStore -ConflictResolution Strictest
        (Resolve-MacPolicy web-1 db-1).PolicyId | Should -Be 2, 1, 0
    }

    It 'answers for tags that no record has' {
        $null = New-MacPartition quarantined -Tag quarantined -Priority 999 -WarningAction Ignore
        $null = Add-MacPartitionPolicy quarantined * Drop
        $list = Resolve-MacPolicy -Tag prod, @{ tier = 'web'; rack = 7 }, quarantined
        $list.PolicyId | Should -Be 3, 1
        $list.IsDeciding | Should -Be $true, $false
        (Resolve-MacPolicy -Tag quarantined -VlanId 20)[-1].IsDeciding | Should -BeFalse
        Resolve-MacPolicy -Tag stranger | Should -BeNullOrEmpty
    }

    It 'does not take a policy with one peer for one that is in the way of all' {
        $null = Add-MacPartitionPolicy shop-web * Deny -Protocol Tcp -Port 5432
        (Resolve-MacPolicy -Tag prod, @{ tier = 'web' }).IsDeciding | Should -Be $true, $true
    }

    It 'counts policies of VLANs in their VLAN only' {
        $null = Add-MacPartitionPolicy shop-web vlan:20 Drop
        (Resolve-MacPolicy web-1 db-1).PolicyId | Should -Not -Contain 3
        (Resolve-MacPolicy web-1 db-1 -VlanId 20).PolicyId | Should -Contain 3
        (Resolve-MacPolicy -Tag prod, @{ tier = 'web' } -VlanId 10).PolicyId | Should -Not -Contain 3
    }

    It 'refuses records that no frame goes between, and those that do not exist' {
        $null = New-MacInterface plc-1 20
        (Get-MacError { Resolve-MacPolicy web-1 plc-1 }).Id | Should -Be InterfacesInDifferentVlans
        (Get-MacError { Resolve-MacPolicy web-1 none }).Id | Should -Be InterfaceNotFound
        (Get-MacError { Resolve-MacPolicy web-1 db-1 -VlanId 99 }).Id | Should -Be VlanNotFound
    }
}
