BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
    $obstacle = Get-LabObstacle
    if (-not $obstacle) {
        $lab = New-Lab
    }
}

AfterAll {
    if ($lab) {
        Remove-Lab $lab
    }
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacForwardingEntry' {
    It 'shows addresses of records and learned ones, with their port and since when, and selects them' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            ip address add 10.99.0.3/24 dev p3-end
            $far = (ip -json link show dev p3-end | ConvertFrom-Json).address
            $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p2'; MacInterface = 'two' },
                @{ Adapter = 'p3'; Uplink = $true; NativeVlan = 10 } -DisableOffload -Name bridge -WarningAction SilentlyContinue
            Wait-Until { $null = Invoke-Host one ping, -c, 1, -W, 1, 10.99.0.3; Get-MacForwardingEntry $far }
            $one, $two = (Get-MacInterface one, two).MacAddress
            $entry = Get-MacForwardingEntry $far
            "$($entry.VlanId) $($entry.Port) $($entry.Interface) $($entry.Kind) $($entry.Enforcer) $($entry.LastSeen -ge $entry.Since) $(([DateTimeOffset]::Now - $entry.Since).TotalSeconds -lt 60)"
            $entry = Get-MacForwardingEntry -Port p1
            "$($entry.MacAddress -eq $one) $($entry.Interface) $($entry.Kind) $($null -eq $entry.Since)"
            "port $((Get-MacForwardingEntry -Port p[12]).Interface | Sort-Object)"
            "two $((Get-MacForwardingEntry -MacAddress $one, "$two".Replace(':', '-')).Interface | Sort-Object)"
            "record $((Get-MacInterface two | Get-MacForwardingEntry).Port)"
            "vlan $(@(Get-MacForwardingEntry -VlanId 20).Count) $(@(Get-MacForwardingEntry -VlanId 10, 20 -Enforcer b*).Count -ge 3)"
            "table $((Get-MacForwardingEntry | Out-String -Width 120) -match "10 $far +p3 +Learned +\d\d:")"
            function Complete([string] $Line) { "$([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText)" }
            "completes $(Complete 'Get-MacForwardingEntry -Port ') $(Complete 'Get-MacForwardingEntry -Enforcer ') $((Complete 'Get-MacForwardingEntry ') -match $far)"
            try { Get-MacForwardingEntry -Enforcer none } catch { "$($_.FullyQualifiedErrorId -replace ',.*') $($_.Exception.Message)" }
            $job | Stop-MacPolicyEnforcer
            try { Get-MacForwardingEntry } catch { "$($_.FullyQualifiedErrorId -replace ',.*') $($_.CategoryInfo.Category) $($_.Exception.Message)" }
'@
        $lines[0..7] | Should -Be '10 p3  Learned bridge True True', 'True one Static True', 'port one two', 'two one two', 'record p2', 'vlan 0 True', 'table True',
            'completes p1 p2 p3 bridge True'
        $lines[8] | Should -BeLike "EnforcerNotFound *no switch named 'none'*Get-MacPolicyEnforcer*"
        $lines[9] | Should -BeLike 'EnforcerNotFound ObjectNotFound *no switch.*Start-MacPolicyEnforcer -Port*'
    }

    It 'says that no switch runs while another enforcer does, and how to start one' {
        $null = New-TestStore
        $job = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination (Join-Path $TestDrive out.pcap) -Name wire
        try {
            $failure = Get-MacError { Get-MacForwardingEntry -Enforcer wire }
            $failure.Id | Should -Be 'EnforcerNotFound'
            $failure.Category | Should -Be 'ObjectNotFound'
            $failure.Message | Should -BeLike '*Start-MacPolicyEnforcer -Port*'
            $failure.Target | Should -Be 'wire'
        }
        finally {
            $job | Wait-Job | Remove-Job
        }
    }
}
