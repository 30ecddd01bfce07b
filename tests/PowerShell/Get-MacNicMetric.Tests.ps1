BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
    $obstacle = Get-LabObstacle
    if (-not $obstacle) {
        $lab = New-Lab
    }

    # An enforcer of another host reports what it measures at the port of an interface record, now or some time ago.
    function Set-NicMetric {
        param([Parameter(Mandatory)] [string] $Name, [int] $SecondsAgo = 0, [int] $Direction = 1, [string] $HostName = 'host-7', [int] $BitRate = 500000)

        $seen = [DateTimeOffset]::UtcNow.AddSeconds(-$SecondsAgo).ToUnixTimeMilliseconds() * 1000
        $connection = Open-Sqlite (Get-MacStore).Path
        Invoke-Sqlite $connection "INSERT INTO nic_reporter VALUES ('$HostName', '$HostName', 'macseg/7', $seen) ON CONFLICT (enforcer_id) DO UPDATE SET seen_at = excluded.seen_at"
        Invoke-Sqlite $connection "INSERT OR REPLACE INTO nic_metric SELECT interface_id, '$HostName', $Direction, 'branch-dsl', $BitRate, 1000000, 12, 251000, 900000, 250000, 2100, 2000, 70, 7000, 3 FROM interface WHERE name = '$Name'"
        $connection.Dispose()
    }
}

AfterAll {
    if ($lab) {
        Remove-Lab $lab
    }
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacNicMetric' {
    BeforeEach {
        New-SessionStore
        $null = 'student-1', 'student-2' | New-MacInstance -Session training
        $null = New-MacInterface plain 10
    }

    It 'shows what an enforcer of another host measures, beside what is asked for' {
        Set-NicMetric student-1
        $metric = Get-MacNicMetric student-1
        $metric.State, $metric.Direction, $metric.Instance, $metric.Interface, $metric.Session, $metric.VlanId | Should -Be Attached, Egress, student-1, student-1, training, 10
        $metric.HostName, $metric.Process, $metric.Profile | Should -Be host-7, macseg/7, branch-dsl
        "$($metric.BitRate) $($metric.AskedBandwidth) $($metric.Utilization)" | Should -Be '500kbit 1mbit 0.5'
        $metric.AddedLatencyP50.TotalMilliseconds, $metric.AddedLatencyP99.TotalMilliseconds, $metric.AskedLatency.TotalMilliseconds | Should -Be 25.1, 90, 25
        $metric.Loss, $metric.AskedLoss, $metric.QueueDepth, $metric.Dropped, $metric.Frames, $metric.Bytes | Should -Be 0.0021, 0.002, 12, 3, 70, 7000
        ([DateTimeOffset]::UtcNow - $metric.Time).TotalSeconds | Should -BeLessThan 60
    }

    It 'tells of instances that no running enforcer has' {
        Set-NicMetric student-1 -SecondsAgo 3600
        $metrics = Get-MacNicMetric
        $metrics.Instance | Should -Be student-1, student-1, student-2, student-2
        $metrics.Direction | Should -Be Ingress, Egress, Ingress, Egress
        $metrics.State | Select-Object -Unique | Should -Be NotAttached
        "$($metrics[1].Profile) $($metrics[1].AskedBandwidth) $($metrics[1].BitRate)" | Should -Be 'branch-dsl 1mbit 0bit'
    }

    It 'selects by instance, interface record and session' {
        Set-NicMetric student-1
        Set-NicMetric plain
        (Get-MacNicMetric).Interface | Should -Be plain, student-1, student-2, student-2
        (Get-MacNicMetric student-*).Interface | Should -Be student-1, student-2, student-2
        (Get-MacNicMetric -Interface PLAIN).Instance | Should -BeNullOrEmpty
        (Get-MacNicMetric -Interface p*, student-1).Interface | Should -Be plain, student-1
        (Get-MacNicMetric -Session train*).Interface | Should -Be student-1, student-2, student-2
        (Get-MacInstance student-1 | Get-MacNicMetric).Interface | Should -Be student-1
        ('student-1', 'student-2' | Get-MacNicMetric).Interface | Should -Be student-1, student-2, student-2
        (Get-MacNicMetric student-1 | Get-MacNicMetric).HostName | Should -Be host-7
        Get-MacNicMetric none* | Should -BeNullOrEmpty
        (Get-MacError { Get-MacNicMetric none }).Id | Should -Be InstanceNotFound
        (Get-MacError { Get-MacNicMetric -Interface none }).Id | Should -Be InterfaceNotFound
        (Get-MacError { Get-MacNicMetric -Session none }).Id | Should -Be SessionNotFound
    }

    It 'shows each enforcer that has the port' {
        Set-NicMetric student-1
        Set-NicMetric student-1 -HostName host-2 -BitRate 8000
        (Get-MacNicMetric student-1).HostName | Should -Be host-2, host-7
    }

    It 'waits for what is measured anew, writes each once, and ends when it is told to' {
        Set-NicMetric student-1
        $store = (Get-MacStore).Path
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Join-Path $RepositoryRoot MacSegmentation.psd1)'; `$null = Connect-MacStore '$store'; Get-MacNicMetric -Wait -Interval 100ms")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)

        # Walking through the collection would wait for its end.
        function Get-Written { for ($i = 0; $i -lt $output.Count; $i++) { $output[$i] } }
        try {
            Wait-Until { $output.Count -eq 3 } 30
            (Get-Written).Interface | Should -Be student-1, student-2, student-2
            Set-NicMetric student-1 -BitRate 9000
            Wait-Until { $output.Count -ge 4 } 30
            $output[3].Interface, "$($output[3].BitRate)" | Should -Be student-1, 9kbit
            Set-NicMetric student-2
            Wait-Until { Get-Written | Where-Object { $_.Interface -eq 'student-2' -and $_.State -eq 'Attached' } } 30
            Get-Written | Where-Object { $_.Interface -eq 'student-2' -and $_.State -eq 'NotAttached' } | Should -HaveCount 2
        }
        finally {
            $shell.Stop()
            $shell.Dispose()
        }
        $running.IsCompleted | Should -BeTrue
    }

    It 'refuses an interval that is none' {
        (Get-MacError { Get-MacNicMetric -Interval 2s }).Id | Should -Be InvalidInterval
        (Get-MacError { Get-MacNicMetric -Wait -Interval 1ms }).Id | Should -Be InvalidInterval
        (Get-MacError { Get-MacNicMetric -Wait -Interval 2d }).Id | Should -Be InvalidInterval
    }

    It 'fits 80 columns' {
        Set-NicMetric student-1
        $lines = (Get-MacNicMetric | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -like 'student-1 *Egress *500kbit of 1mbit *12 *25.1 of 25 ms *0.21 of 0.2%' } | Should -HaveCount 1
        $lines | Where-Object { $_ -like 'student-2 *not attached*' } | Should -HaveCount 2
    }

    It 'comes back from JSON, CSV and CLIXML' {
        Set-NicMetric student-1
        $metric = Get-MacNicMetric student-1
        ($metric | ConvertTo-Json | ConvertFrom-Json | Get-MacNicMetric).Interface | Should -Be student-1
        ($metric | ConvertTo-Csv | ConvertFrom-Csv).AskedBandwidth | Should -Be 1mbit
        $file = Join-Path $TestDrive metric.xml
        $metric | Export-Clixml $file
        "$((Import-Clixml $file).BitRate)" | Should -Be 500kbit
    }

    It 'completes names' {
        (Complete-Line 'Get-MacNicMetric stu').CompletionText | Should -Be student-1, student-2
        (Complete-Line 'Get-MacNicMetric -Interface pl').CompletionText | Should -Be plain
        (Complete-Line 'Get-MacNicMetric -Session tr').CompletionText | Should -Be training
    }

    It 'shows what an enforcer of this host measures, while it runs' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            $null = New-MacProfile slow -EgressBandwidth 10mbit -Latency 20ms
            Set-MacInterface one -Profile slow
            $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p2'; MacInterface = 'two' } -DisableOffload -WarningAction SilentlyContinue
            Wait-Until { Test-Ping }
            Wait-Until { Get-MacNicMetric -Interface one | Where-Object { $_.Frames -gt 0 -and $_.AddedLatencyP50 -gt 0 } } 30
            foreach ($metric in Get-MacNicMetric -Interface one) {
                "$($metric.Direction) $($metric.State) $($metric.Profile) $($metric.AskedBandwidth) $($metric.AskedLatency.TotalMilliseconds) $($metric.AddedLatencyP50.TotalMilliseconds -ge 19) $($metric.HostName -eq [Environment]::MachineName)"
            }
            "two $(@(Get-MacNicMetric -Interface two | Where-Object Profile).Count)"
            "detailed $((Get-MacPolicyEnforcer -Detailed).NicMetrics.Interface) $($null -eq (Get-MacPolicyEnforcer).NicMetrics)"
            "revision $((Get-MacStore).Revision)"
            $job | Stop-MacPolicyEnforcer
            "left $(@(Get-MacNicMetric).Count) $((Get-MacStore).Revision)"
'@
        $lines[0..1] | Should -Be 'Ingress Attached slow  20 True True', 'Egress Attached slow 10mbit 20 True True'
        $lines[2..3] | Should -Be 'two 0', 'detailed one one two two True'
        $lines[5] | Should -Be ($lines[4] -replace 'revision', 'left 0')
    }
}
