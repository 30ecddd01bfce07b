# Register-MacEvent, Get-MacEventSubscription and Unregister-MacEvent: conditions about the store in PowerShell's event system.
BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Unregister-MacEvent * -ErrorAction Ignore
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Register-MacEvent' {
    BeforeEach {
        $null = New-TestStore
        $null = New-MacVlan 10 -Range 02-00-00-00-10-00/44 -Name cams
    }

    AfterEach {
        Unregister-MacEvent *
        Get-Event | Remove-Event
    }

    It 'tells once when a condition becomes true, and again after it was false' {
        Register-MacEvent 'PoolUse >= 50%' -SourceIdentifier pool -MessageData 'note' | Should -BeNullOrEmpty
        1..8 | ForEach-Object { New-MacAllocation 10 -InstanceId "vm-$_" } | Out-Null
        $event = Wait-Event pool -Timeout 30
        $event.SourceEventArgs.Message | Should -BeLike 'VLAN 10 (cams): PoolUse 50%*8 of 16*'
        $event.SourceEventArgs.Condition | Should -Be 'PoolUse >= 50%'
        $event.SourceEventArgs.Event.Watch | Should -Be pool
        $event.MessageData | Should -Be note
        Remove-Event pool

        $null = New-MacAllocation 10 -InstanceId vm-9
        1..4 | ForEach-Object { Get-MacAllocation -InstanceId "vm-$_" | Remove-MacAllocation -Confirm:$false }
        Wait-Until { -not (Get-MacEventSubscription pool).IsMet } 30
        Get-Event pool -ErrorAction Ignore | Should -BeNullOrEmpty
        5..10 | ForEach-Object { New-MacAllocation 10 -InstanceId "new-$_" } | Out-Null
        Wait-Event pool -Timeout 30 | Should -Not -BeNullOrEmpty
        (Get-MacEventSubscription pool).EventCount | Should -Be 2
    }

    It 'runs an action with each event, and writes its job' {
        $global:toldOf = @()
        $job = Register-MacEvent 'poolUse>40', EnforcerStopped -SourceIdentifier act -Action { $global:toldOf += $EventArgs.Subject }
        $job | Should -BeOfType System.Management.Automation.PSEventJob
        1..8 | ForEach-Object { New-MacAllocation 10 -InstanceId "vm-$_" } | Out-Null
        Wait-Until { $global:toldOf } 30
        $global:toldOf | Should -Be 'VLAN 10 (cams)'
        Remove-Variable toldOf -Scope Global
    }

    It 'hears of an enforcer of another host that ends' {
        $seen = [DateTimeOffset]::UtcNow.AddSeconds(3600).ToUnixTimeMilliseconds() * 1000
        $connection = Open-Sqlite (Get-MacStore).Path
        Invoke-Sqlite $connection "INSERT INTO running_enforcer VALUES ('e1', 'edge', 'host-7', 'macseg/7', 1, 'eth1,eth2', 2, 0, 1, '', $seen, $seen, 10, 4, 2)"
        $all = Get-MacPolicyEnforcer -All
        $all.HostName, $all.Process, $all.State, $all.Ports.Count | Should -Be host-7, macseg/7, Running, 2
        ($all | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        Register-MacEvent EnforcerStopped, 'Enforcers >= 1' -SourceIdentifier stopped
        (Wait-Event stopped -Timeout 30).SourceEventArgs.Message | Should -Be 'Enforcers 1.'
        Remove-Event stopped
        Invoke-Sqlite $connection "DELETE FROM running_enforcer"
        $connection.Dispose()
        (Wait-Event stopped -Timeout 30).SourceEventArgs.Message | Should -Be "Enforcer 'edge' (macseg/7 on host-7): EnforcerStopped. It has ended."
        Get-MacPolicyEnforcer -All | Should -BeNullOrEmpty
    }

    It 'goes on with its store when the session connects to another' {
        Register-MacEvent 'PoolUse > 0%' -SourceIdentifier pool
        $path = (Get-MacStore).Path
        $null = New-TestStore
        (Get-MacEventSubscription pool).Store | Should -Be $path
        $null = Connect-MacStore $path
        $null = New-MacAllocation 10 -InstanceId vm-1
        Wait-Event pool -Timeout 30 | Should -Not -BeNullOrEmpty
    }

    It 'ends with Unregister-MacEvent, with Unregister-Event and after so many events' {
        Register-MacEvent StoreUnreachable -SourceIdentifier one
        Register-MacEvent StoreUnreachable -SourceIdentifier two
        Register-MacEvent 'PoolUse >= 0%' -SourceIdentifier three -MaxTriggerCount 1
        Wait-Event three -Timeout 30 | Should -Not -BeNullOrEmpty
        Wait-Until { (Get-MacEventSubscription).Count -eq 2 } 30
        Unregister-MacEvent one -WhatIf
        (Get-MacEventSubscription).SourceIdentifier | Should -Be one, two
        (Get-MacEventSubscription -SubscriptionId (Get-MacEventSubscription one).SubscriptionId).SourceIdentifier | Should -Be one
        Unregister-Event two
        Get-MacEventSubscription | Unregister-MacEvent
        Get-MacEventSubscription | Should -BeNullOrEmpty
    }

    It 'refuses what cannot be watched, and changes nothing' {
        $failure = Get-MacError { Register-MacEvent 'PoolUse' }
        $failure.Id | Should -Be InvalidCondition
        $failure.Message | Should -BeLike '*at character 8*'
        (Get-MacError { Register-MacEvent 'PoolUse > 1% and EnforcerStopped' }).Id | Should -Be InvalidCondition
        Register-MacEvent StoreUnreachable -SourceIdentifier one
        (Get-MacError { Register-MacEvent StoreUnreachable -SourceIdentifier one }).Id | Should -Be EventSubscriptionExists
        (Get-MacError { Register-MacEvent StoreUnreachable -Action { } -Forward }).Id | Should -Be InvalidEventSubscription
        (Get-MacError { Get-MacEventSubscription none }).Id | Should -Be EventSubscriptionNotFound
        (Get-MacError { Unregister-MacEvent -SubscriptionId 4711 }).Id | Should -Be EventSubscriptionNotFound
        Get-MacEventSubscription none* | Should -BeNullOrEmpty
    }

    It 'completes conditions and subscriptions' {
        (Complete-Line 'Register-MacEvent Pool').CompletionText | Should -Be "'PoolUse > 80%'"
        (Complete-Line 'Register-MacEvent En').CompletionText | Should -Be "'Enforcers < 1'", EnforcerStopped
        Register-MacEvent StoreUnreachable -SourceIdentifier one
        (Complete-Line 'Unregister-MacEvent o').CompletionText | Should -Be one
        (Complete-Line 'Get-MacEventSubscription -SubscriptionId ').CompletionText | Should -Be "$((Get-MacEventSubscription one).SubscriptionId)"
    }

    It 'shows a subscription in 80 columns, and one that was saved is read' {
        Register-MacEvent StoreUnreachable -SourceIdentifier one
        $lines = (Get-MacEventSubscription | Out-String -Width 80) -split '\r?\n'
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $lines -match 'StoreUnreachable' | Should -Not -BeNullOrEmpty
        (Get-MacEventSubscription | Select-Object SourceIdentifier, When | ConvertTo-Json | ConvertFrom-Json | Get-MacEventSubscription).SourceIdentifier | Should -Be one
    }
}
