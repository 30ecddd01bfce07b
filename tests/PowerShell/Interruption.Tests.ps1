# What a user sees of a store that another program keeps busy, and of Ctrl+C.

BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'A busy store' {
    BeforeEach {
        New-ExampleStore
        $blocker = Open-Sqlite (Get-MacStore).Path
        Invoke-Sqlite $blocker 'BEGIN IMMEDIATE'
        $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$manifest'; `$null = Connect-MacStore '$((Get-MacStore).Path)'").Invoke()
        $shell.Commands.Clear()
    }

    AfterEach {
        $shell.Dispose()
        $blocker.Dispose()
    }

    It 'does not keep readers waiting' {
        (Get-MacVlan).VlanId | Should -Be 10, 20
    }

    It 'shows that a change takes long, and lets go at once at Ctrl+C: nothing has changed, then or later' {
        $running = $shell.AddScript('1..50 | ForEach-Object { "vm-$_" } | New-MacAllocation 10').BeginInvoke()
        Wait-Until { $shell.Streams.Progress.Count -gt 0 }
        $shell.Streams.Progress[0].Activity | Should -Be 'Changing the store'

        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        # 200 ms is what is promised; the slack is for a machine that does other things too.
        $watch.ElapsedMilliseconds | Should -BeLessThan 1500
        $running.IsCompleted | Should -BeTrue

        Invoke-Sqlite $blocker 'ROLLBACK'
        # The same runspace's next change waits for its turn behind the one that was left behind.
        $shell.Commands.Clear()
        $shell.AddScript('(New-MacVlan 30).VlanId').Invoke() | Should -Be 30
        Get-MacAllocation | Should -BeNullOrEmpty
    }

    It 'is waited for' {
        $running = $shell.AddScript('(New-MacAllocation 10 vm-1).InstanceId').BeginInvoke()
        Wait-Until { $shell.Streams.Progress.Count -gt 0 }
        Invoke-Sqlite $blocker 'ROLLBACK'
        $shell.EndInvoke($running) | Should -Be 'vm-1'
        $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
    }
}

Describe 'A large import' {
    It 'ends at Ctrl+C: nothing has changed, and nothing goes on' {
        $store = New-TestStore
        $document = Join-Path $TestDrive large.json
        $allocations = (0..299999).ForEach({ '{{"instanceId":"vm-{0}"}}' -f $_ }) -join ','
        Set-Content $document "{`"vlans`":[{`"id`":10,`"ranges`":[`"02:00:5e:00:00:00/24`"],`"allocations`":[$allocations]}]}"
        $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$manifest'; `$null = Connect-MacStore '$($store.Path)'").Invoke()
            $shell.Commands.Clear()
            $running = $shell.AddScript("Import-MacConfiguration '$document' -Confirm:`$false").BeginInvoke()
            Wait-Until { $shell.Streams.Progress.Activity -contains 'Making the store equal to the document' }
            $shell.Stop()
            $running.IsCompleted | Should -BeTrue
            # Another writer gets its turn at once, because the import has let go.
            $blocker = Open-Sqlite $store.Path
            Invoke-Sqlite $blocker 'BEGIN IMMEDIATE'
            Invoke-Sqlite $blocker 'ROLLBACK'
            $blocker.Dispose()
            Get-MacVlan | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'A large capture' {
    BeforeAll {
        # The frames of the example 2,000 times: a test of all would take a minute.
        $bytes = [IO.File]::ReadAllBytes($ExampleCapture)
        $capture = Join-Path $TestDrive large.pcap
        $file = [IO.File]::Create($capture)
        $file.Write($bytes, 0, 24)
        1..2000 | ForEach-Object { $file.Write($bytes, 24, $bytes.Length - 24) }
        $file.Dispose()
    }

    It 'is tested with progress, and let go at once at Ctrl+C' {
        New-ExampleStore
        $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
        $shell = [powershell]::Create()
        try {
            $running = $shell.AddScript("Import-Module '$manifest'; `$null = Connect-MacStore '$((Get-MacStore).Path)'; Test-MacFrame uplink -Path '$capture' | Out-Null").BeginInvoke()
            Wait-Until { $shell.Streams.Progress.Where({ $_.Activity -eq 'Testing frames' }).Count -gt 1 } -Seconds 30
            $shell.Streams.Progress[-1].PercentComplete | Should -BeGreaterOrEqual 0
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            # 200 ms is what is promised; the slack is for a machine that does other things too.
            $watch.ElapsedMilliseconds | Should -BeLessThan 1500
            $running.IsCompleted | Should -BeTrue
        }
        finally {
            $shell.Dispose()
        }
    }
}
