BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
    $obstacle = Get-LabObstacle
    if (-not $obstacle) {
        $lab = New-Lab
    }
    $pcapMissing = & {
        try { $null = Get-MacCaptureDevice -ErrorAction Stop } catch { $_ }
    }
}

AfterAll {
    if ($lab) {
        Remove-Lab $lab
    }
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacCaptureDevice' {
    It 'lists the interfaces that can be opened, and says why others cannot' {
        if ($pcapMissing) {
            $pcapMissing.FullyQualifiedErrorId | Should -BeLike 'PcapMissing,*'
            Set-ItResult -Skipped -Because $pcapMissing.Exception.Message
        }
        $devices = Get-MacCaptureDevice
        $devices | ForEach-Object { $_ | Should -BeOfType MacSegmentation.Pcap.MacCaptureDevice }
        $devices | Where-Object { -not $_.CanOpen -and -not $_.Reason } | Should -BeNullOrEmpty
        $devices | Where-Object { $_.CanOpen -and $_.Reason } | Should -BeNullOrEmpty
    }

    It 'shows the interfaces of the namespace that it runs in' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $device = Get-MacCaptureDevice p1
            "$($device.Name) $($device.CanOpen) $($device.IsUp) $($device.LinkType) $($device.MacAddress -eq (Get-Content /sys/class/net/p1/address))"
            "$((Get-MacCaptureDevice p?).Name | Sort-Object)"
            "$(('p1', 'p2' | Get-MacCaptureDevice).Name)"
            "$(([pscustomobject]@{ Name = 'p1' }, [pscustomobject]@{ Interface = 'p2' } | Get-MacCaptureDevice).Name)"
            $line = 'Get-MacCaptureDevice -Name p1'
            "$([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText)"
            try { Get-MacCaptureDevice p9 } catch { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_.Exception.Message)" }
            Get-MacCaptureDevice none*
'@
        $lines[0] | Should -Be 'p1 True True EN10MB True'
        $lines[1] | Should -Be 'p1 p2 p3 p4'
        $lines[2] | Should -Be 'p1 p2'
        $lines[3] | Should -Be 'p1 p2'
        $lines[4] | Should -Be 'p1'
        $lines[5] | Should -BeLike 'AdapterNotFound,*GetMacCaptureDeviceCommand ObjectNotFound There is no adapter p9.*'
        $lines | Should -HaveCount 6
    }
}
