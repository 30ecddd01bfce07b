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
        $events = $received | Where-Object { $_ -is [MacSegmentation.Events.MacEnforcerEvent] }
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

    It 'writes the capture as it would have arrived through a vNIC profile' {
        function Get-FrameTime([string] $Path) {
            $bytes = [IO.File]::ReadAllBytes($Path)
            $unit = [BitConverter]::ToUInt32($bytes, 0) -eq 0xA1B23C4DL ? 1000000 : 1000
            for ($at = 24; $at -lt $bytes.Length; $at += 16 + [BitConverter]::ToUInt32($bytes, $at + 8)) {
                1000.0 * [BitConverter]::ToUInt32($bytes, $at) + [BitConverter]::ToUInt32($bytes, $at + 4) / $unit
            }
        }
        $plain = @(Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out | Wait-Job | Receive-Job)[-1]
        $null = New-MacProfile far -IngressLatency 250ms
        $late = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination "$out.late" -Profile far | Wait-Job
        $late.State | Should -Be Completed
        $times, $before = (Get-FrameTime "$out.late"), (Get-FrameTime $out)
        $times.Count | Should -Be $plain.FramesForwarded
        0..($times.Count - 1) | ForEach-Object { [math]::Round($times[$_] - $before[$_], 2) } | Select-Object -Unique | Should -Be 250

        # The profile is slow towards the instance only.
        $null = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination "$out.from" -Profile far -ProfileDirection Egress | Wait-Job
        (Get-FileHash "$out.from").Hash | Should -Be (Get-FileHash $out).Hash

        $null = New-MacProfile lossy -LossRate 30%
        foreach ($run in 1, 2) {
            $null = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination "$out.$run" -Profile lossy -Seed 5 | Wait-Job
        }
        (Get-FileHash "$out.1").Hash | Should -Be (Get-FileHash "$out.2").Hash
        @(Get-FrameTime "$out.1").Count | Should -BeLessThan $times.Count

        (Get-MacError { Start-MacPolicyEnforcer -Path $ExampleCapture -Destination "$out.none" -Profile none }).Id | Should -Be ProfileNotFound
        "$out.none" | Should -Not -Exist
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

    It 'replaces no file silently, and none with -NoClobber' {
        Set-Content -LiteralPath $out 'precious'
        $failure = Get-MacError { Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -NoClobber }
        $failure.Id | Should -Be 'DestinationExists'
        $failure.Category | Should -Be 'ResourceExists'
        $failure = Get-MacError { Start-MacPolicyEnforcer -Path $ExampleCapture -Destination "$out.new" -DeniedPath $out -NoClobber }
        $failure.Id | Should -Be 'DestinationExists'
        "$out.new" | Should -Not -Exist
        Get-Content -LiteralPath $out | Should -Be 'precious'

        $null = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination $out -WarningVariable warnings -WarningAction SilentlyContinue | Wait-Job
        "$warnings" | Should -BeLike "*$out*-NoClobber*"
        $null = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination /dev/null -DeniedPath "$out.new" -NoClobber:$false -WarningVariable warnings | Wait-Job
        $warnings | Should -BeNullOrEmpty
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
        @{ Case = 'one adapter'; Id = 'TwoAdaptersNeeded'; Category = 'InvalidArgument'; Command = { Start-MacPolicyEnforcer -Adapter eth1 } }
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
            $job = Start-MacPolicyEnforcer -Adapter p1, p2 -DisableOffload -WarningAction SilentlyContinue
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

    It 'completes adapters, and names the nearest for one that is not there' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $line = 'Start-MacPolicyEnforcer -Adapter p1, p'
            "$([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Sort-Object)"
            try { Start-MacPolicyEnforcer p1, p9 } catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; $_.Exception.Message }
            try { Start-MacPolicyEnforcer p1, p1 } catch { $_.FullyQualifiedErrorId }
            "$(@(Get-Job).Count) jobs"
'@
        $lines[0] | Should -BeLike 'p1 p2 p3*'
        $lines[1] | Should -Be 'AdapterNotFound,MacSegmentation.Enforcers.StartMacPolicyEnforcerCommand'
        $lines[2] | Should -Be 'ObjectNotFound'
        $lines[3] | Should -BeLike '*p9*p1*'
        $lines[4] | Should -BeLike 'AdapterNamedTwice,*'
        $lines[5] | Should -Be '0 jobs'
    }
}

Describe 'Start-MacPolicyEnforcer as a switch' {
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

    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 -VlanId 10 -IPAddress 10.0.0.11/24
    }

    It 'does nothing with -WhatIf, and takes <Case>' -ForEach @(
        @{ Case = 'one port'; Port = @{ Adapter = 'eth1'; Uplink = $true } }
        @{ Case = 'keys in any case'; Port = @{ INTERFACE = 'eth1'; macinterface = 'WEB-1' }, @{ interface = 'eth2'; UPLINK = 'on' } }
        @{ Case = 'VLANs as numbers and as text'; Port = @{ Adapter = 'eth1'; Vlan = 10 }, @{ Adapter = 'eth2'; Vlan = 10, '20-29' }, @{ Adapter = 'eth3'; Vlan = '10,20-29'; NativeVlan = '1' } }
        @{ Case = 'QinQ and a tag type'; Port = @{ Adapter = 'eth1'; Vlan = 10; QinQ = $true; TagType = 0x88a8 } }
        @{ Case = 'a VXLAN tunnel'; Port = @{ Adapter = 'eth1'; Vxlan = @{ Vni = 5000; Remote = '10.1.0.2', '10.1.0.3'; Gbp = $true } } }
        @{ Case = 'a Geneve tunnel, of an object and of addresses'; Port = @{ Adapter = 'eth1'; Vlan = 10; Geneve = [pscustomobject] @{ vni = '5000'; Remote = [ipaddress] '10.1.0.2'; OptionClass = 0x0102; OptionType = 1 } } }
        @{ Case = 'two tunnels on one adapter'; Port = @{ Adapter = 'eth1'; Vxlan = @{ Vni = 1; Remote = 'fd00::2' } }, @{ Adapter = 'eth1'; Vxlan = @{ Vni = 2; Remote = 'fd00::2' } } }
        @{ Case = 'a tunnel and a metadata header in a CSV file'; Port = "Adapter,Vxlan,Vlan,Metadata`neth1,`"vni=5000,remote=10.1.0.2,gbp=true`",10,`neth2,,10,Cisco" | ConvertFrom-Csv }
        @{ Case = 'limits'; Port = @{ Adapter = 'eth1'; Uplink = $true; StormLimit = 1000; MulticastStormLimit = '10k'; AddressLimit = '64' } }
        @{ Case = 'ordered tables'; Port = [ordered] @{ Adapter = 'eth1'; Vlan = 10 } }
        @{ Case = 'objects'; Port = [pscustomobject] @{ Adapter = 'eth1'; MacInterface = 'web-1' } }
        @{ Case = 'rows of a CSV file, empty cells included'; Port = "Adapter,MacInterface,Uplink,Vlan,NativeVlan`neth1,web-1,,,`neth2,,true,`"10,20`",1" | ConvertFrom-Csv }
    ) {
        $jobs = @(Get-Job).Count
        Start-MacPolicyEnforcer -Port $Port -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
        @(Get-Job).Count | Should -Be $jobs
    }

    It 'has a parameter for every setting of a switch, with its default' {
        $defaults = [MacSegmentation.Switch.SwitchOptions]::new()
        $command = [MacSegmentation.Enforcers.StartMacPolicyEnforcerCommand]::new()
        [MacSegmentation.Switch.SwitchOptions]::Settings.Count | Should -BeGreaterThan 4
        foreach ($setting in [MacSegmentation.Switch.SwitchOptions]::Settings) {
            (Get-Command Start-MacPolicyEnforcer).Parameters[$setting.Name].ParameterSets.Keys | Should -Be 'Switch' -Because $setting.Name
            ($setting.ValueName ? $command.($setting.Name) : [bool] $command.($setting.Name)) | Should -Be $defaults.($setting.Name) -Because $setting.Name
        }
    }

    It 'has no parameter of a switch that is not described' {
        $own = (Get-Command Start-MacPolicyEnforcer).Parameters.Values.Where({ "$($_.ParameterSets.Keys)" -eq 'Switch' }).Name
        $own | Where-Object { $_ -ne 'Port' } | Sort-Object | Should -Be ([MacSegmentation.Switch.SwitchOptions]::Settings.Name | Sort-Object)
    }

    It 'understands the former names: <Case>' -ForEach @(
        @{ Case = 'a table'; Command = { Start-MacPolicyEnforcer -Port @{ Interface = 'eth1'; Uplink = $true } -WhatIf -ErrorAction Stop } }
        @{ Case = 'a parameter'; Command = { Start-MacPolicyEnforcer -Interface eth1, eth2 -WhatIf -ErrorAction Stop } }
    ) {
        & $Command | Should -BeNullOrEmpty
    }

    It 'takes interface records as objects' {
        Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = Get-MacInterface web-1 } -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes an ageing time as a number of seconds, as text and as a time: <AgeingTime>' -ForEach @(
        @{ AgeingTime = 10 }, @{ AgeingTime = '10' }, @{ AgeingTime = '00:00:10' }, @{ AgeingTime = [timespan] '00:00:10' }, @{ AgeingTime = 1e6 }, @{ AgeingTime = '5m' }
    ) {
        Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true } -AgeingTime $AgeingTime -WhatIf -ErrorAction Stop
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown setting'; Id = 'UnknownPortSetting'; Like = "*no setting 'Vlans'*Adapter, MacInterface, Uplink, Vxlan, Geneve, Vlan, NativeVlan, QinQ, TagType, Metadata, StormLimit, MulticastStormLimit, AddressLimit*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vlans = 10 } } }
        @{ Case = 'a text'; Id = 'InvalidPort'; Like = "*'eth1'*@{ Adapter = 'eth1'; Uplink = `$true }*"; Command = { Start-MacPolicyEnforcer -Port eth1, eth2 } }
        @{ Case = 'no adapter'; Id = 'InvalidPort'; Like = '*eth1*'; Command = { Start-MacPolicyEnforcer -Port @{ Uplink = $true } } }
        @{ Case = 'an empty table'; Id = 'InvalidPort'; Like = '*no adapter*'; Command = { Start-MacPolicyEnforcer -Port @{} } }
        @{ Case = 'neither record nor uplink nor VLANs'; Id = 'InvalidPort'; Like = '*eth1*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1' } } }
        @{ Case = 'a record and an uplink'; Id = 'InvalidPort'; Like = '*eth1*uplink*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = 'web-1'; Uplink = $true } } }
        @{ Case = 'a record and VLANs'; Id = 'InvalidPort'; Like = '*eth1*VLANs*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = 'web-1'; Vlan = 10 } } }
        @{ Case = 'an uplink that may be one'; Id = 'InvalidPort'; Like = "*port eth1*'maybe'*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = 'maybe' } } }
        @{ Case = 'a name for a VLAN'; Id = 'InvalidVlanId'; Like = "*'cameras'*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vlan = 'cameras' } } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Like = '*4095*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vlan = 10, 4095 } } }
        @{ Case = 'native VLAN 0'; Id = 'InvalidVlanId'; Like = '*VLAN 0*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true; NativeVlan = 0 } } }
        @{ Case = 'text for a native VLAN'; Id = 'InvalidVlanId'; Like = "*eth1*'cameras'*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true; NativeVlan = 'cameras' } } }
        @{ Case = 'a storm limit below 0'; Id = 'InvalidStormLimit'; Like = '*-1*eth1*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true; StormLimit = -1 } } }
        @{ Case = 'text for an address limit'; Id = 'InvalidAddressLimit'; Like = "*eth1*'many'*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true; AddressLimit = 'many' } } }
        @{ Case = 'an adapter used twice'; Id = 'AdapterNamedTwice'; Like = '*eth1*two ports*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true }, @{ Adapter = 'eth1'; Vlan = 10 } } }
        @{ Case = 'a tunnel to nowhere'; Id = 'InvalidTunnel'; Like = '*eth1*Give Remote*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 5000 } } } }
        @{ Case = 'a virtual network out of range'; Id = 'InvalidTunnel'; Like = "*eth1*'16777216'*1 to 16777215*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 16777216; Remote = '10.1.0.2' } } } }
        @{ Case = 'a tunnel without a virtual network'; Id = 'InvalidTunnel'; Like = '*eth1*Give Vni*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Geneve = @{ Remote = '10.1.0.2' } } } }
        @{ Case = 'a name for a remote'; Id = 'InvalidTunnel'; Like = "*eth1*'peer'*10.1.0.2*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 5000; Remote = 'peer' } } } }
        @{ Case = 'remotes of two families'; Id = 'InvalidTunnel'; Like = '*eth1*two families*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 5000; Remote = '10.1.0.2', 'fd00::2' } } } }
        @{ Case = 'an unknown setting of a tunnel'; Id = 'InvalidTunnel'; Like = "*eth1*'Ttl'*Vni, Remote and Gbp*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 5000; Remote = '10.1.0.2'; Ttl = 3 } } } }
        @{ Case = 'a tunnel of two kinds'; Id = 'InvalidTunnel'; Like = '*eth1*another kind*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 1; Remote = '10.1.0.2' }; Geneve = @{ Vni = 1; Remote = '10.1.0.2' } } } }
        @{ Case = 'one virtual network twice'; Id = 'TunnelNamedTwice'; Like = '*eth1/vxlan1*two ports*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 1; Remote = '10.1.0.2' } }, @{ Adapter = 'eth1'; Vxlan = @{ Vni = 1; Remote = '10.1.0.3' } } } }
        @{ Case = 'a tunnel and its adapter'; Id = 'AdapterNamedTwice'; Like = '*eth1*two ports*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vxlan = @{ Vni = 1; Remote = '10.1.0.2' } }, @{ Adapter = 'eth1'; Uplink = $true } } }
        @{ Case = 'a tunnel of a record'; Id = 'InvalidPort'; Like = '*eth1/vxlan1*record*tunnel*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = 'web-1'; Vxlan = @{ Vni = 1; Remote = '10.1.0.2' } } } }
        @{ Case = 'an unknown metadata header'; Id = 'InvalidPort'; Like = "*eth1*'Acme'*None or Cisco*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Vlan = 10; Metadata = 'Acme' } } }
        @{ Case = 'two ports for one record'; Id = 'InterfacePortTwice'; Like = "*eth1 and eth2*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = 'web-1' }, @{ Adapter = 'eth2'; MacInterface = 'Web-1' } } }
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Like = "*'web-9'*New-MacInterface*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = 'web-9' } } }
        @{ Case = 'an unknown record with -WhatIf'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Like = "*'web-9'*"; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; MacInterface = 'web-9' } -WhatIf } }
        @{ Case = 'too short an ageing time'; Id = 'InvalidAgeingTime'; Like = '*10 seconds*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true } -AgeingTime 9 } }
        @{ Case = 'no addresses at all'; Id = 'InvalidAddressLimit'; Like = '*1 to 1,048,576*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true } -AddressLimit 0 } }
        @{ Case = 'no flows at all'; Id = 'InvalidFlowLimit'; Like = '*1 to 1,048,576*'; Command = { Start-MacPolicyEnforcer -Port @{ Adapter = 'eth1'; Uplink = $true } -FlowLimit 0 } }
    ) {
        $jobs = @(Get-Job).Count
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be ($Category ?? 'InvalidArgument')
        $failure.Message | Should -BeLike $Like
        $failure.Message | Should -Match '\.$'
        @(Get-Job).Count | Should -Be $jobs
    }

    It 'runs a tunnel, warns if it cannot take partitions along, and counts what is no frame for it' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'tunnels need Linux'
            return
        }

        $null = New-MacPartition shop -Tag prod -WarningAction SilentlyContinue
        $tunnel = @{ Vni = 5000; Remote = '127.0.0.2' }
        $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'lo'; Vlan = 10; Vxlan = $tunnel } -WarningAction SilentlyContinue -WarningVariable warned
        try {
            $warned -match 'lo/vxlan5000 does not take their ids along' | Should -HaveCount 1
            (Get-MacError { Start-MacPolicyEnforcer -Port @{ Adapter = 'lo'; Vlan = 10; Vxlan = $tunnel } -WarningAction SilentlyContinue }).Id | Should -Be 'TunnelPortInUse'
            $remote = [System.Net.Sockets.UdpClient]::new()
            $remote.Connect('127.0.0.1', 4789)
            $null = $remote.Send([byte[]] (8, 0, 0, 0, 0, 0, 1, 0), 8)
            $null = $remote.Send([byte[]] (8, 0, 0, 0), 4)
            $remote.Dispose()
            Wait-Until { (Get-MacPolicyEnforcer $job.Name).FramesDropped -ge 2 }
            $port = (Get-MacPolicyEnforcer $job.Name).Ports
            "$($port.Port) $($port.Vlans) $($port.IsUplink)" | Should -Be 'lo/vxlan5000 10u True'
            $port.Counts.DroppedByReason.UnknownVni, $port.Counts.DroppedByReason.CarrierTruncated | Should -Be 1, 1
        }
        finally {
            $job | Stop-MacPolicyEnforcer
            $job | Remove-Job
        }
    }

    It 'switches between records and an uplink, holds them to their addresses, and tells of it' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            ip address add 10.99.0.3/24 dev p3-end
            $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p2'; MacInterface = 'two' },
                @{ Adapter = 'p3'; Uplink = $true; NativeVlan = 10 } -DisableOffload -Name bridge -WarningAction SilentlyContinue
            "$($job.State) $($job.Location)"
            "two $(Test-Ping)"
            Wait-Until { $null = Invoke-Host one ping, -c, 1, -W, 1, 10.99.0.3; -not $LASTEXITCODE }
            $null = Invoke-Host one ip, address, add, 10.99.0.77/24, dev, eth0
            $null = Invoke-Host one ping, -c, 1, -W, 1, -I, 10.99.0.77, 10.99.0.2
            "spoofed $LASTEXITCODE"
            $null = Invoke-Host one ip, address, delete, 10.99.0.77/24, dev, eth0
            Wait-Until { $job.Output.Count -gt 0 }
            $event = Receive-Job $job -Keep | Where-Object Kind -eq Denial | Select-Object -First 1
            "$($event.Interface) $($event.Port) $($event.Reason) $($event.Detail -like '*10.99.0.77*')"
            $enforcer = Get-MacPolicyEnforcer bridge
            "$($enforcer.Ports.Port) $($enforcer.Ports.Interface) $($enforcer.Ports.IsUplink) $($enforcer.Directions.Count)"
            "denied $($enforcer.Ports[0].Counts.FramesDenied -gt 0) $($enforcer.Ports[1].Counts.FramesDenied)"
            "sums $($enforcer.FramesForwarded + $enforcer.FramesAnswered + $enforcer.FramesDenied + $enforcer.FramesDropped -eq $enforcer.FramesIn)"
            "flows $($enforcer.FlowStatistics.Limit)"
            $widest = ($enforcer.Ports | Out-String -Width 120) -split '\r?\n' | Measure-Object Length -Maximum
            "table $($widest.Maximum -le 120)"
            $job | Stop-MacPolicyEnforcer
            "closed $(Test-Ping) $($job.State)"
'@
        $lines | Should -Be 'Running p1, p2, p3', 'two True', 'spoofed 1', 'one p1 SourceIPNotAllowed True', 'p1 p2 p3 one two  False False True 0',
            'denied True 0', 'sums True', 'flows 65536', 'table True', 'closed False Stopped'
    }

    It 'keeps its records from removal while it runs, unless by force, which closes their port' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p2'; MacInterface = 'two' } -DisableOffload -WarningAction SilentlyContinue
            try { Remove-MacInterface one -Confirm:$false } catch { "$($_.FullyQualifiedErrorId -replace ',.*') $($_.CategoryInfo.Category) $($_.Exception.Message -like "*'one'*-Force*")" }
            "there $((Get-MacInterface one).Name) $(Test-Ping)"
            Remove-MacInterface one -Force
            Wait-Until { (Get-MacPolicyEnforcer).StoreRevision -eq (Get-MacStore).Revision }
            "forced $(Test-Ping) $((Get-MacPolicyEnforcer).DroppedByReason['InterfaceRemoved'] -gt 0)"
            $job | Stop-Job
            $job | Wait-Job | Out-Null
            Remove-MacInterface two -Confirm:$false
            "free $(@(Get-MacInterface).Count)"
'@
        $lines | Should -Be 'InterfaceInUse ResourceBusy True', 'there one True', 'forced False True', 'free 0'
    }

    It 'tells of addresses that go to another port, and follows them' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            foreach ($name in 'one', 'two') { $null = Add-MacAddressPair $name 10.99.0.100 }
            $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p2'; MacInterface = 'two' } -DisableOffload -WarningAction SilentlyContinue
            foreach ($name in 'one', 'two') {
                $null = Invoke-Host $name ip, address, add, 10.99.0.100/32, dev, eth0
                $other = $name -eq 'one' ? '10.99.0.2' : '10.99.0.1'
                Wait-Until { $null = Invoke-Host $name ping, -c, 1, -W, 1, -I, 10.99.0.100, $other; (Get-MacAddressOwner 10.99.0.100).Interface -eq $name }
                $null = Invoke-Host $name ip, address, delete, 10.99.0.100/32, dev, eth0
            }
            Wait-Until { @($job.Output | Where-Object Kind -eq AddressOwnerChanged).Count -ge 2 }
            Receive-Job $job | Where-Object Kind -eq AddressOwnerChanged | ForEach-Object { "$($_.IPAddress) $($_.Interface) $($_.Previous)" }
'@
        $lines | Should -Be '10.99.0.100 one ', '10.99.0.100 two one'
    }

    It 'tells of a station that moves, and warns of one that goes to and fro' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $job = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; Vlan = 10 }, @{ Adapter = 'p2'; Vlan = '10' } -DisableOffload -WarningAction SilentlyContinue
            $null = Invoke-Host one ip, link, add, twin, link, eth0, address, '02:00:00:00:00:77', type, macvlan
            $null = Invoke-Host two ip, link, add, twin, link, eth0, address, '02:00:00:00:00:77', type, macvlan
            foreach ($name in 'one', 'two') {
                $null = Invoke-Host $name ip, address, add, 10.98.0.1/24, dev, twin
                $null = Invoke-Host $name ip, link, set, twin, up
            }
            Wait-Until -Seconds 20 {
                foreach ($name in 'one', 'two') { $null = Invoke-Host $name ping, -c, 1, -W, 0.1, -I, twin, -b, 10.98.0.255 2>$null }
                $job.Output.Kind -contains 'LoopSuspected'
            }
            $told = Receive-Job $job -WarningVariable warnings -WarningAction SilentlyContinue
            $moved = $told.Where({ $_.Kind -eq 'AddressMoved' })[0]
            "$($moved.SourceAddress) $($moved.VlanId) $("$($moved.Port) $($moved.Previous)" -in 'p1 p2', 'p2 p1')"
            "warned $($warnings.Where({ "$_" -like '02:00:00:00:00:77*to and fro*' }).Count -gt 0)"
            "entry $((Get-MacForwardingEntry 02:00:00:00:00:77).Kind)"
            foreach ($name in 'one', 'two') { $null = Invoke-Host $name ip, link, delete, twin }
'@
        $lines | Should -Be '02:00:00:00:00:77 10 True', 'warned True', 'entry Learned'
    }

    It 'opens no port if one of them cannot be' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            try { Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p9'; Uplink = $true } } catch { $_.FullyQualifiedErrorId -replace ',.*'; $_.Exception.Message }
            "$(@(Get-Job).Count) jobs"
            Remove-MacInterface one -Confirm:$false
            "free $(@(Get-MacInterface).Count)"
'@
        $lines[0] | Should -Be 'AdapterNotFound'
        $lines[1] | Should -BeLike '*p9*p1*'
        $lines[2..3] | Should -Be '0 jobs', 'free 1'
    }
}
