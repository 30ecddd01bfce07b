BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1

    # An enforcer of another host has measured student-1 for a minute, until now.
    function Set-NicSample {
        $connection = Open-Sqlite (Get-MacStore).Path
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds() * 1000
        Invoke-Sqlite $connection "INSERT INTO nic_run VALUES ('e1', 'host-7', 'macseg/7', $now)"
        foreach ($second in 60, 30, 0) {
            $values = "$($now - $second * 1000000), 'e1', 0, 'branch-dsl', 500000, 1000000, 12, 251000, 900000, 250000, 2100, 2000, $(100 - $second), $(10000 - $second), 3"
            Invoke-Sqlite $connection "INSERT INTO nic_sample SELECT interface_id, 1, $values FROM interface WHERE name = 'student-1'"
        }
        $connection.Dispose()
    }
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Export-MacSessionReport' {
    BeforeEach {
        New-SessionStore
        $null = 'student-1', 'student-2' | New-MacInstance -Session training
        $path = Join-Path $TestDrive "$([guid]::NewGuid())"
    }

    It 'writes JSON that says what was asked, got and not measured' {
        Set-NicSample
        Export-MacSessionReport TRAINING "$path.json" -Since ([DateTimeOffset]::UtcNow.AddSeconds(-60)) | Should -BeNullOrEmpty
        $report = Get-Content "$path.json" -Raw | ConvertFrom-Json
        $report.format, $report.version, $report.session, $report.vlanId, $report.defaultProfile | Should -Be macsegmentation.session-report, 1, training, 10, branch-dsl
        $report.instances.name | Should -Be student-1, student-2
        $egress = $report.instances[0].egress
        $egress.asked.profile, $egress.asked.bandwidth, $egress.asked.latency, $egress.asked.loss | Should -Be branch-dsl, 1000000, 25, 0.002
        $egress.maxBitRate, $egress.maxLatencyP99 | Should -Be 500000, 90
        $egress.measuredShare | Should -BeGreaterThan 0.9
        $egress.samples[-1].hostName | Should -Be host-7
        $report.instances[1].egress.samples | Should -BeNullOrEmpty
        $report.instances[1].egress.notMeasured | Should -HaveCount 1
        $report.instances[1].egress.measuredShare | Should -Be 0
    }

    It 'writes one page with its pictures in it' {
        Set-NicSample
        $null = Set-MacInstance student-1 -Profile satellite
        $file = Get-MacSession training | Export-MacSessionReport -Path "$path.html" -PassThru
        $file.FullName | Should -Be "$path.html"
        $page = Get-Content $file -Raw
        $page | Should -Match '<svg '
        $page | Should -Not -Match '<script|https?:|url\('
        $page | Should -Match 'NotAttached'
        $page | Should -Match 'ChangeInstance'
    }

    It 'leaves a file alone with -NoClobber, and writes none with -WhatIf' {
        Set-Content "$path.json" old
        (Get-MacError { Export-MacSessionReport training "$path.json" -NoClobber }).Id | Should -Be ReportFileExists
        Export-MacSessionReport training "$path.json" -WhatIf
        Get-Content "$path.json" | Should -Be old
        Export-MacSessionReport training "$path.json"
        (Get-Content "$path.json" -Raw | ConvertFrom-Json).version | Should -Be 1
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no such session'; Id = 'SessionNotFound'; Command = { Export-MacSessionReport nobody (Join-Path $TestDrive x.json) } }
        @{ Case = 'no format'; Id = 'ReportFormatUnknown'; Command = { Export-MacSessionReport training (Join-Path $TestDrive x.txt) } }
        @{ Case = 'no such folder'; Id = 'ReportFileUnwritable'; Command = { Export-MacSessionReport training (Join-Path $TestDrive no/x.json) } }
        @{ Case = 'the future'; Id = 'InvalidReportTime'; Command = { Export-MacSessionReport training (Join-Path $TestDrive x.json) -Since ([DateTimeOffset]::UtcNow.AddHours(1)) } }
        @{ Case = 'the wrong way round'; Id = 'InvalidReportTime'; Command = { Export-MacSessionReport training (Join-Path $TestDrive x.json) -Since 2026-01-02 -Until 2026-01-01 } }
        @{ Case = 'another provider'; Id = 'PathNotInFileSystem'; Command = { Export-MacSessionReport training Env:/x.json } }
    ) {
        (Get-MacError $Command).Id | Should -Be $Id
        Get-ChildItem $TestDrive -Filter x.* | Should -BeNullOrEmpty
    }

    It 'completes sessions' {
        (TabExpansion2 'Export-MacSessionReport ' 24).CompletionMatches.CompletionText | Should -Contain training
    }
}
