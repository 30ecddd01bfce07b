BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ MacPolicyEnforcer | Remove-Job -Force
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Start-MacPolicyEnforcer on a capture' {
    BeforeEach {
        $null = New-TestStore
        $null = Import-MacConfiguration $ExampleConfiguration -Confirm:$false
        $out = Join-Path $TestDrive "$([guid]::NewGuid()).pcap"
    }

    It 'forwards, denies and drops by the policies, and tells what it did' {
        $denied = "$out.denied.pcap"
        $received = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -DeniedPath $denied | Wait-Job | Receive-Job
        $summary = $received[-1]
        $summary | Should -BeOfType MacSegmentation.Enforcers.MacPolicyEnforcer
        $summary.State | Should -Be 'Completed'
        $summary.FramesIn | Should -BeGreaterThan 0
        $summary.FramesForwarded + $summary.FramesDenied + $summary.FramesDropped | Should -Be $summary.FramesIn
        $summary.DeniedByReason.Values | Measure-Object -Sum | ForEach-Object Sum | Should -Be $summary.FramesDenied
        ($summary.PolicyHits | Where-Object { $_.Policy.Action -eq 'Deny' } | Measure-Object Frames -Sum).Sum + $summary.DeniedByReason['DefaultAction'] |
            Should -Be $summary.FramesDenied

        # Judged again, what was forwarded is forwarded whole, and what was denied is denied whole.
        $again = @(Start-MacPolicyEnforcer -Path $out -Destination "$out.again" | Wait-Job | Receive-Job)[-1]
        $again.FramesIn | Should -Be $summary.FramesForwarded
        $again.FramesForwarded | Should -Be $again.FramesIn
        $refused = @(Start-MacPolicyEnforcer -Path $denied -Destination "$out.none" | Wait-Job | Receive-Job)[-1]
        $refused.FramesIn | Should -Be $summary.FramesDenied
        $refused.FramesDenied | Should -Be $refused.FramesIn
        (Get-FileHash "$out.again").Hash | Should -Be (Get-FileHash $out).Hash
    }

    It 'reports every denial as an event, or in a number of suppressed ones' {
        $received = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out | Wait-Job | Receive-Job
        $events = $received | Where-Object { $_ -is [MacSegmentation.Switching.MacEnforcerEvent] }
        $alone = @($events | Where-Object Kind -EQ Denial)
        $alone.Count + ($events | Measure-Object SuppressedCount -Sum).Sum | Should -Be $received[-1].FramesDenied
        $byPolicy = $alone | Where-Object Reason -EQ Policy | Select-Object -First 1
        $byPolicy.Policy.Action | Should -Be 'Deny'
        $test = $byPolicy | Test-MacPolicy
        $test.Policy.PolicyId | Should -Be $byPolicy.Policy.PolicyId
    }

    It 'is a job as others are' {
        $job = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -Name files
        $job | Should -BeOfType System.Management.Automation.Job
        $job.Name | Should -Be 'files'
        $job.PSJobTypeName | Should -Be 'MacPolicyEnforcer'
        (Wait-Job $job -Timeout 30).State | Should -Be 'Completed'
        (Get-Job -Name files).Id | Should -Be $job.Id
        (Get-Job -Name files).Location | Should -Be "$ExampleCapture > $out"
        $job.StatusMessage | Should -Match '^\d+ frames in, '
        $job.HasMoreData | Should -BeTrue
        $job | Receive-Job -Keep | Should -Not -BeNullOrEmpty
        $job | Receive-Job | Should -Not -BeNullOrEmpty
        $job.HasMoreData | Should -BeFalse
        $job | Remove-Job
        Get-Job -Name files -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'shows progress up to the end' {
        $job = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out | Wait-Job
        $job.Progress[-1].PercentComplete | Should -Be 100
        $job.Progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'takes captures from the pipeline, by property name' {
        $jobs = Get-Item $ExampleCapture | Start-MacPolicyEnforcer -Destination $out
        (Wait-Job $jobs -Timeout 30).State | Should -Be 'Completed'
        $out | Should -Exist
    }

    It 'takes paths relative to PowerShell''s location and its drives' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Start-MacPolicyEnforcer -Path $ExampleCapture -Destination ./relative.pcap | Wait-Job).State | Should -Be 'Completed'
            (Start-MacPolicyEnforcer -Path TestDrive:/relative.pcap -Destination TestDrive:/second.pcap | Wait-Job).State | Should -Be 'Completed'
        }
        finally {
            Pop-Location
        }
        Join-Path $TestDrive 'second.pcap' | Should -Exist
    }

    It 'puts untagged frames into the native VLAN, and turns unknown VLANs round' {
        $normal = @(Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out | Wait-Job | Receive-Job)[-1]
        $closed = @(Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -UnknownVlan Drop | Wait-Job | Receive-Job)[-1]
        $closed.DroppedByReason['UnknownVlan'] | Should -BeGreaterThan 0
        $closed.FramesForwarded + $closed.DroppedByReason['UnknownVlan'] | Should -Be $normal.FramesForwarded
        $native = @(Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -UnknownVlan Drop -NativeVlan 20 | Wait-Job | Receive-Job)[-1]
        $native.DroppedByReason['UnknownVlan'] | Should -BeLessThan $closed.DroppedByReason['UnknownVlan']
        $native.Directions[0].NativeVlanId | Should -Be 20
    }

    It 'handles the frames before the damage of a capture, then fails' {
        $bytes = [IO.File]::ReadAllBytes($ExampleCapture)
        $cut = Join-Path $TestDrive 'cut.pcap'
        [IO.File]::WriteAllBytes($cut, $bytes[0..($bytes.Length - 10)])
        $job = Start-MacPolicyEnforcer -Path $cut -Destination $out | Wait-Job
        $job.State | Should -Be 'Failed'
        $received = $job | Receive-Job -ErrorAction SilentlyContinue -ErrorVariable failures
        $received[-1].State | Should -Be 'Failed'
        $received[-1].FramesIn | Should -BeGreaterThan 100
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CaptureTruncated*'
    }

    It 'does nothing with -WhatIf' {
        Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -WhatIf | Should -BeNullOrEmpty
        $out | Should -Not -Exist
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no capture'; Id = 'CaptureNotFound'; Category = 'ObjectNotFound'; Command = { Start-MacPolicyEnforcer -Path (Join-Path $TestDrive 'none.pcap') -Destination $out } }
        @{ Case = 'a directory'; Id = 'CaptureIsDirectory'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $TestDrive -Destination $out } }
        @{ Case = 'a text file'; Id = 'CaptureNotRecognized'; Category = 'InvalidData'; Command = { Start-MacPolicyEnforcer -Path $ExampleConfiguration -Destination $out } }
        @{ Case = 'itself as destination'; Id = 'DestinationIsSource'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination $copy } }
        @{ Case = 'one file for both'; Id = 'DestinationUsedTwice'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination $out -DeniedPath $out } }
        @{ Case = 'a directory as destination'; Id = 'DestinationIsDirectory'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination $TestDrive } }
        @{ Case = 'no such folder'; Id = 'DestinationFolderNotFound'; Category = 'ObjectNotFound'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination (Join-Path $TestDrive 'no/such/out.pcap') } }
        @{ Case = 'native VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination $out -NativeVlan 0 } }
        @{ Case = 'two native VLANs'; Id = 'InvalidNativeVlan'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination $out -NativeVlan 1, 2 } }
        @{ Case = 'another provider'; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination Env:/out.pcap } }
        @{ Case = 'one interface'; Id = 'TwoInterfacesNeeded'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Interface eth1 } }
        @{ Case = 'text for a VLAN'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Start-MacPolicyEnforcer -Path $copy -Destination $out -NativeVlan cameras } }
    ) {
        $copy = Join-Path $TestDrive 'copy.pcap'
        Copy-Item $ExampleCapture $copy
        $jobs = @(Get-Job).Count
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        @(Get-Job).Count | Should -Be $jobs
    }

    It 'completes actions' {
        (Complete-Line 'Start-MacPolicyEnforcer -UnknownVlan ').CompletionText | Should -Be 'Allow', 'Deny', 'Drop'
    }
}

Describe 'Start-MacPolicyEnforcer between interfaces' {
    BeforeAll {
        $obstacle = Get-LabObstacle
        if (-not $obstacle) {
            $lab = New-Lab
        }
    }

    AfterAll {
        if ($lab) {
            Remove-Lab $lab
        }
    }

    It 'passes, denies and passes again as the policies change, and tells of it' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $job = Start-MacPolicyEnforcer -Interface p1, p2 -DisableOffload -WarningAction SilentlyContinue
            "state $($job.State)"
            "open $(Test-Ping)"
            $null = New-MacVlan 1
            $policy = Add-MacPolicy 1 * * Deny
            Wait-Until { (Get-MacPolicyEnforcer).StoreRevision -eq (Get-MacStore).Revision }
            "denied $(Test-Ping)"
            $policy | Remove-MacPolicy
            Wait-Until { (Get-MacPolicyEnforcer).StoreRevision -eq (Get-MacStore).Revision }
            "removed $(Test-Ping)"
            Wait-Until { $job.Output.Count -gt 0 }
            "events $((Receive-Job $job 3>$null | Where-Object Kind -eq Denial).Count -gt 0)"
            $enforcer = Get-MacPolicyEnforcer
            "denials $($enforcer.FramesDenied -gt 0)"
            "sums $($enforcer.FramesForwarded + $enforcer.FramesDenied + $enforcer.FramesDropped -eq $enforcer.FramesIn)"
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $job | Stop-MacPolicyEnforcer
            "stopped $($job.State) $($watch.ElapsedMilliseconds -lt 1500)"
            "closed $(Test-Ping)"
'@
        $lines | Should -Be 'state Running', 'open True', 'denied False', 'removed True', 'events True', 'denials True', 'sums True', 'stopped Stopped True', 'closed False'
    }

    It 'warns of offloads, and turns them off on request' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $job = Start-MacPolicyEnforcer p1, p2 -WarningVariable warnings -WarningAction SilentlyContinue
            "warned $($warnings.Count -gt 0) $("$warnings" -match 'offload|gro|segment|checksum|veth')"
            "kept $((Receive-Job $job 3>&1).Count -eq $warnings.Count)"
            $job | Stop-Job
            $job.State
            $job | Remove-Job
'@
        $lines | Should -Be 'warned True True', 'kept True', 'Stopped'
    }

    It 'turns the offloads on again when it stops, and when the shell ends' {
        Skip-WithoutLab $obstacle
        if (-not (Get-Command ethtool -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'the program ethtool is missing'
        }
        function Get-Offload { ip netns exec $lab.Middle ethtool -k p3-end | Select-String '^tx-checksum-ip-generic|^generic-segmentation' | ForEach-Object { "$_".Trim() } }
        $before = Get-Offload
        $before | Should -Match ': on'
        $lines = Invoke-Lab $lab @'
            function Get-Offload { ethtool -k p3-end | Select-String '^tx-checksum-ip-generic|^generic-segmentation' | ForEach-Object { "$_".Trim() } }
            $job = Start-MacPolicyEnforcer p3, p4 -DisableOffload
            Get-Offload
            $job | Stop-MacPolicyEnforcer
            Get-Offload
            $null = Start-MacPolicyEnforcer p3, p4 -DisableOffload
            exit
'@
        $lines[0..($before.Count - 1)] | Should -Match ': off'
        $lines[$before.Count..($lines.Count - 1)] | Should -Be $before
        Get-Offload | Should -Be $before
    }

    It 'lives on when the session connects to another store, and follows its own' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $path = (Get-MacStore).Path
            $job = Start-MacPolicyEnforcer p1, p2 -DisableOffload -WarningAction SilentlyContinue
            Disconnect-MacStore
            $null = Connect-MacStore "$path.other"
            $null = New-MacVlan 5
            $null = Connect-MacStore $path
            $null = New-MacVlan 6
            $null = New-MacVlan 7
            Wait-Until { (Get-MacPolicyEnforcer).StoreRevision -eq 2 }
            "$($job.State) $((Get-MacPolicyEnforcer).IsStoreReachable)"
'@
        $lines | Should -Be 'Running True'
    }

    It 'runs two at once in one session, and stops both when the module goes' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $jobs = @(
                Start-MacPolicyEnforcer p1, p2 -Name first -NativeVlan 10, 20 -WarningAction SilentlyContinue
                Start-MacPolicyEnforcer p3, p4 -Name second -UnknownVlan Drop -WarningAction SilentlyContinue
            )
            "$((Get-MacPolicyEnforcer).Name) $((Get-MacPolicyEnforcer).State)"
            "$((Get-MacPolicyEnforcer first).Directions.NativeVlanId)"
            Remove-Module MacSegmentation
            "$($jobs.State)"
'@
        $lines | Should -Be 'first second Running Running', '10 20', 'Stopped Stopped'
    }

    It 'completes interfaces, and names the nearest for one that is not there' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $line = 'Start-MacPolicyEnforcer -Interface p1, p'
            "$([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Sort-Object)"
            try { Start-MacPolicyEnforcer p1, p9 } catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; $_.Exception.Message }
            try { Start-MacPolicyEnforcer p1, p1 } catch { $_.FullyQualifiedErrorId }
            "$(@(Get-Job).Count) jobs"
'@
        $lines[0] | Should -BeLike 'p1 p2 p3*'
        $lines[1] | Should -Be 'InterfaceNotFound,MacSegmentation.Enforcers.StartMacPolicyEnforcerCommand'
        $lines[2] | Should -Be 'ObjectNotFound'
        $lines[3] | Should -BeLike '*p9*p1*'
        $lines[4] | Should -BeLike 'InterfaceNamedTwice,*'
        $lines[5] | Should -Be '0 jobs'
    }
}
