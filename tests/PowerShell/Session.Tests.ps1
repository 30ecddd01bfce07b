# The session that the module was made for, line by line.

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ MacPolicyEnforcer | Remove-Job -Force
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'A session' {
    BeforeAll {
        Push-Location -LiteralPath $TestDrive
    }

    AfterAll {
        Pop-Location
    }

    It 'gives out addresses' {
        (Connect-MacStore ./lab.db).Path | Should -Be (Join-Path $TestDrive 'lab.db')
        (New-MacVlan 10 -RangeStart 00:1A:2B:3C:40:00 -RangeEnd 00:1A:2B:3C:4F:FF -Name cameras).Name | Should -Be 'cameras'
        (New-MacVlan 20 -Range 02-00-5E-10-00-00/32 -Name plc).Ranges[0].Count | Should -Be 65536
        ('vm-1', 'vm-2', 'vm-3' | New-MacAllocation -VlanId 10).MacAddress | Should -HaveCount 3
        Get-MacAllocation -InstanceId vm-2 | Remove-MacAllocation
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-3'
        (Get-MacPool 10).Used | Should -Be 2
    }

    It 'orders policies' {
        $null = Add-MacPolicy 10 -SourceAddress 00:1A:2B:3C:40:00 -DestinationAddress * -Action Deny
        (Test-MacPolicy -VlanId 10 -SourceAddress 00:1A:2B:3C:40:00 -DestinationAddress 00:1A:2B:3C:40:02).Action | Should -Be 'Deny'
        $null = Add-MacPolicy 10 -SourceAddress 00:1a:2b:00:00:00/24 -DestinationAddress * -Action Allow -Order 5
        (Test-MacPolicy -VlanId 10 -SourceAddress 00:1A:2B:3C:40:00 -DestinationAddress 00:1A:2B:3C:40:02).Action | Should -Be 'Allow'
        (Get-MacPolicy 10 | Format-Table | Out-String) | Should -Match '00:1a:2b:00:00:00/24'
        Get-MacPolicy 10 | Where-Object Action -EQ Deny | Remove-MacPolicy
        (Get-MacPolicy 10).Action | Should -Be 'Allow'
    }

    It 'judges a capture' {
        $null = Add-MacPolicy 10 -SourceAddress * -DestinationAddress * -Action Deny -Order 1
        $received = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination out.pcap -DeniedPath denied.pcap | Wait-Job | Receive-Job
        $received[-1].State | Should -Be 'Completed'
        $received[-1].FramesDenied | Should -BeGreaterThan 0
        'out.pcap', 'denied.pcap' | Should -Exist
    }

    It 'enforces between two interfaces' {
        $obstacle = Get-LabObstacle
        Skip-WithoutLab $obstacle
        $lab = New-Lab
        try {
            $lines = Invoke-Lab $lab @'
                $job = Start-MacPolicyEnforcer -Adapter p1, p2 -WarningAction SilentlyContinue
                "$(Test-Ping) $((Get-MacPolicyEnforcer).FramesForwarded -gt 0)"
                Receive-Job $job 3>$null
                $job | Stop-MacPolicyEnforcer
                "$($job.State)"
'@
            $lines | Should -Be 'True True', 'Stopped'
        }
        finally {
            Remove-Lab $lab
        }
    }

    It 'lists the interfaces that can be opened' {
        try {
            Get-MacCaptureDevice -ErrorAction Stop | Should -Not -BeNullOrEmpty
        }
        catch [MacSegmentation.Errors.MacSegmentationException] {
            Set-ItResult -Skipped -Because $_.Exception.Message
        }
    }

    It 'has an audit of all of it' {
        $events = Get-MacAuditEvent
        $events.Action | ForEach-Object { "$_" } | Sort-Object -Unique | Should -Be 'AddPolicy', 'AllocateAddress', 'CreateVlan', 'ReleaseAddress', 'RemovePolicy'
        $events[-1].Revision | Should -Be (Get-MacStore).Revision
    }
}
