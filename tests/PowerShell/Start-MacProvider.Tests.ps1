BeforeAll {
    . $PSScriptRoot/Support.ps1

    function New-CertificateFile([string] $Path, [string] $Password) {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        [IO.File]::WriteAllBytes($Path, $certificate.Export('Pkcs12', $Password))
        $Path
    }
}

AfterAll {
    Get-Job | Where-Object PSJobTypeName -EQ MacProvider | Remove-Job -Force
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Start-MacProvider' {
    BeforeAll {
        New-ExampleStore
        $null = 'site-a', 'site-b' | New-MacProvider -BlockSize 64
        $token = (New-MacProviderClient tests).Token
        $plain = @{ Uri = 'http://127.0.0.1:0'; AllowPlainHttp = $true }
        $local = Join-Path $TestDrive site-a.db
        # A provider answers from one store of its own, for good.
        $localB = Join-Path $TestDrive site-b.db
        $job = Start-MacProvider site-a @plain -LocalPath $local
    }

    It 'starts a job that PowerShell knows' {
        $job | Should -BeOfType MacSegmentation.Providers.MacProviderJob
        "$($job.Name) $($job.State) $($job.PSJobTypeName)" | Should -Be 'site-a Running MacProvider'
        $job.Uri[0].Port | Should -BeGreaterThan 0
        $job.Location | Should -Be "$($job.Uri[0])"
        $job.LocalPath | Should -Be $local
        (Get-Job -Id $job.Id).Name | Should -Be 'site-a'
        (Get-Process -Id $job.ProcessId).HasExited | Should -BeFalse
    }

    It 'runs as the program of the module' {
        $program = (Get-Process -Id $job.ProcessId).Path
        $folder = Join-Path $RepositoryRoot 'bin' 'Host'
        $program | Should -Be (Join-Path $folder ($IsWindows ? 'macseg.exe' : 'macseg'))
    }

    It 'answers devices from blocks of its own, as the shared store knows soon' {
        $answer = Request-MacAddress urn:x:a 10 -Uri $job.Uri -Token $token
        "$($answer.Outcome) $($answer.Provider)" | Should -Be 'New site-a'
        (Request-MacAddress urn:X:a 10 -Uri $job.Uri -Token $token).MacAddress | Should -Be $answer.MacAddress
        Wait-Until { Get-MacHandle urn:x:a -ErrorAction Ignore }
        (Get-MacHandle urn:x:a).Provider | Should -Be 'site-a'
        (Get-MacBlock site-a).Used | Should -Be 1
        Remove-MacHandle urn:x:a -Uri $job.Uri -Token $token
        Wait-Until { (Get-MacHandle urn:x:a).State -eq 'Released' }
    }

    It 'refuses what the service refuses, with its sentence' {
        $failure = Get-MacError { Request-MacAddress a 30 -Uri $job.Uri -Token $token }
        "$($failure.Id) $($failure.Category)" | Should -Be 'VlanNotFound ObjectNotFound'
        $failure = Get-MacError { Request-MacAddress a 10 -Uri $job.Uri -Token mps_wrong }
        $failure.Category | Should -Be 'PermissionDenied'
        $failure.Message | Should -Match '\.$'
        $failure.Message | Should -Not -BeLike '*mps_wrong*'
    }

    It 'shows how it is' {
        $null = Request-MacAddress urn:x:b 10 -Uri $job.Uri -Token $token
        Wait-Until { $job.Decided -ge 1 -and $job.IsReady -and $job.IsCentralStoreReachable }
        $job.SynchronizedAt | Should -Not -BeNullOrEmpty
        $job.StatusMessage | Should -BeLike 'answering, shared store reachable, * decided*'
        "$($job.Undecidable) $($job.Conflicts)" | Should -Be '0 0'
    }

    It 'tells of rare events' {
        $null = Request-MacAddress urn:x:c 20 -Uri $job.Uri -Token $token
        Wait-Until { $job.Output.Count -ge 2 }
        $events = Receive-Job $job
        $events | Should -BeOfType MacSegmentation.Providers.MacProviderEvent
        $events.Kind | Select-Object -Unique | Should -Be 'BlockFetched'
        $events[0] | Format-Table | Out-String -Width 120 | Should -BeLike '*BlockFetched*'
    }

    It 'does not hear of Ctrl+C at the prompt' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'sessions of processes are read from /proc'
        }

        # The fourth field after the name is the session (proc(5)).
        function Get-SessionOf([int] $Id) { ((Get-Content "/proc/$Id/stat") -replace '^.*\) ' -split ' ')[3] }
        Get-SessionOf $job.ProcessId | Should -Not -Be (Get-SessionOf $PID)
    }

    It 'shows no secret on the command line' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'command lines are read from /proc'
        }
        $file = New-CertificateFile (Join-Path $TestDrive secret.pfx) geheim
        $secured = Start-MacProvider site-b https://localhost:0 -LocalPath $localB -Certificate $file -CertificatePassword geheim
        [IO.File]::ReadAllText("/proc/$($secured.ProcessId)/cmdline") | Should -Not -BeLike '*geheim*'
        (Request-MacAddress urn:x:tls 10 -Uri "https://localhost:$($secured.Uri[0].Port)" -Token $token -SkipCertificateCheck).Provider | Should -Be 'site-b'
        (Get-MacError { Request-MacAddress urn:x:tls 10 -Uri "https://localhost:$($secured.Uri[0].Port)" -Token $token }).Id | Should -Be 'ServiceNotTrusted'
        $secured | Remove-Job -Force
    }

    It 'answers with what another provider gave out' {
        $other = Get-MacProvider site-b | Start-MacProvider @plain -LocalPath $localB
        $answer = Request-MacAddress urn:x:move 10 -Uri $job.Uri -Token $token
        (Request-MacAddress urn:x:move 10 -Uri $other.Uri[0], $job.Uri[0] -Token $token).MacAddress | Should -Be $answer.MacAddress
        $other | Stop-Job
        $other.State | Should -Be 'Stopped'
        $other | Remove-Job
    }

    It 'ends with the session that started it' {
        $lines = Invoke-Shell "
            `$null = Connect-MacStore '$((Get-MacStore).Path)'
            (Start-MacProvider site-b http://127.0.0.1:0 -AllowPlainHttp -LocalPath '$localB').ProcessId
            Remove-Module MacSegmentation"
        $id = [int] @($lines)[-1]
        Wait-Until { -not (Get-Process -Id $id -ErrorAction Ignore) }
    }

    It 'ends when the shell is killed' {
        $out = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $script = "Import-Module '$RepositoryRoot/MacSegmentation.psd1'; `$null = Connect-MacStore '$((Get-MacStore).Path)'
            (Start-MacProvider site-b http://127.0.0.1:0 -AllowPlainHttp -LocalPath '$localB').ProcessId | Set-Content '$out.new'; Move-Item '$out.new' '$out'; Start-Sleep 60"
        $program, $words = @(Get-ShellCommand) + '-NoProfile' + '-EncodedCommand' + [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
        $shell = Start-Process $program -ArgumentList $words.ForEach({ "`"$_`"" }) -NoNewWindow -PassThru -RedirectStandardOutput "$out.log"
        Wait-Until { Test-Path $out } 30
        $shell.Kill()
        $id = [int] (Get-Content $out)
        Wait-Until { -not (Get-Process -Id $id -ErrorAction Ignore) }
    }

    It 'fails, and says so, when its process is killed' {
        $victim = Start-MacProvider site-b @plain -LocalPath $localB
        Stop-Process -Id $victim.ProcessId -Force
        Wait-Until { $victim.State -eq 'Failed' }
        $victim.Error[0].FullyQualifiedErrorId | Should -Be 'ProviderEnded'
        $victim.Error[0].Exception.Message | Should -BeLike 'The provider ''site-b'' ended with exit code *. Start it again, *'
        "$($victim.IsReady) $($victim.IsCentralStoreReachable)" | Should -Be 'False False'
        $victim | Remove-Job
    }

    It 'starts nothing with -WhatIf' {
        $path = Join-Path $TestDrive new.db
        Start-MacProvider site-b @plain -LocalPath $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown provider'; Id = 'ProviderNotFound'; Category = 'ObjectNotFound'; Command = { Start-MacProvider site-c @plain } }
        @{ Case = 'http without asking'; Id = 'PlainHttpRefused'; Category = 'InvalidArgument'; Command = { Start-MacProvider site-b http://127.0.0.1:0 -LocalPath $localB }; Sentence = '*-AllowPlainHttp*' }
        @{ Case = 'http for everyone'; Id = 'PlainHttpRefused'; Category = 'InvalidArgument'; Command = { Start-MacProvider site-b http://0.0.0.0:0 -AllowPlainHttp -LocalPath $localB } }
        @{ Case = 'an address that is none'; Id = 'InvalidServiceUri'; Category = 'InvalidArgument'; Command = { Start-MacProvider site-b ftp://127.0.0.1 -LocalPath $localB } }
        @{ Case = 'no certificate'; Id = 'CertificateRequired'; Category = 'InvalidArgument'; Command = { Start-MacProvider site-b https://127.0.0.1:0 } }
        @{ Case = 'a certificate that does not exist'; Id = 'CertificateNotFound'; Category = 'ObjectNotFound'; Command = { Start-MacProvider site-b https://127.0.0.1:0 -Certificate (Join-Path $TestDrive none.pem) -LocalPath $localB } }
        @{ Case = 'a wrong password'; Id = 'CertificatePasswordWrong'; Category = 'InvalidArgument'; OnWine = 'it makes no certificates.'; Command = { Start-MacProvider site-b https://127.0.0.1:0 -Certificate (New-CertificateFile (Join-Path $TestDrive c.pfx) right) -CertificatePassword wrong -LocalPath $localB } }
        @{ Case = 'a port that is taken'; Id = 'ServiceAddressInUse'; Category = 'ResourceBusy'; Command = { Start-MacProvider site-b $job.Uri[0] -AllowPlainHttp -LocalPath $localB } }
        @{ Case = 'a path of another provider of PowerShell'; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Command = { Start-MacProvider site-b @plain -LocalPath Env:PATH } }
        @{ Case = 'a store of its own that a running one answers from'; Id = 'ProviderHomeInUse'; Category = 'ResourceBusy'; Command = { Start-MacProvider site-a @plain -LocalPath $local } }
        @{ Case = 'the shared store as its own'; Id = 'InvalidProviderArgument'; Category = 'InvalidArgument'; Command = { Start-MacProvider site-b @plain -LocalPath (Get-MacStore).Path }; Sentence = '-LocalPath *' }
        @{ Case = 'another store of its own'; Id = 'ProviderElsewhere'; Category = 'ResourceBusy'; Command = { Start-MacProvider site-a @plain -LocalPath (Join-Path $TestDrive another.db) } }
    ) {
        if ($OnWine) {
            Skip-OnWine $OnWine
        }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        $failure.Message | Should -BeLike ($Sentence ?? '*')
        Get-Job | Where-Object PSJobTypeName -EQ MacProvider | Should -HaveCount 1
    }

    It 'completes providers' {
        (Complete-Line 'Start-MacProvider s').CompletionText | Should -Be 'site-a', 'site-b'
    }
}

Describe 'Start-MacProvider in a provider''s own store' {
    It 'sends everyone to the shared store' {
        New-ExampleStore
        $null = New-MacProvider site-a
        $local = Join-Path $TestDrive own.db
        Start-MacProvider site-a http://127.0.0.1:0 -AllowPlainHttp -LocalPath $local | Stop-Job
        $null = Connect-MacStore $local
        foreach ($command in { Start-MacProvider site-a http://127.0.0.1:0 }, { Request-MacAddress a 10 }, { New-MacProvider b }, { New-MacProviderClient c }, { Grant-MacBlock site-a 10 1 },
            { New-MacVlan 30 }, { New-MacAllocation 10 vm-1 }, { Set-MacVlan 10 -Name x }, { Add-MacPolicy 10 * * Deny }, { New-MacInterface web-1 -VlanId 10 }, { Import-MacConfiguration $ExampleConfiguration -Confirm:$false }) {
            (Get-MacError $command).Id | Should -Be 'StoreOfProvider'
        }
        Get-Job | Where-Object PSJobTypeName -EQ MacProvider | Remove-Job -Force
    }
}

Describe 'Start-MacProvider with a shared store in PostgreSQL' {
    BeforeAll {
        $obstacle = Get-PostgresObstacle
        if (-not $obstacle) {
            $server = Start-TestPostgres
            $place = "$(New-TestDatabase $server);Password=geheim"
            $null = Connect-MacStore -ConnectionString $place
            $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
            $null = New-MacProvider site-a -BlockSize 64
            $token = (New-MacProviderClient tests).Token
            $job = Start-MacProvider site-a http://127.0.0.1:0 -AllowPlainHttp -LocalPath (Join-Path $TestDrive postgres.db)
        }
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    AfterAll {
        $job | Remove-Job -Force
        if ($server -and -not $server.Process.HasExited) {
            Stop-TestPostgres $server
        }
    }

    It 'names the store to the process where no other user sees it' {
        if ($IsLinux) {
            [IO.File]::ReadAllText("/proc/$($job.ProcessId)/cmdline") | Should -Not -BeLike '*geheim*'
        }
        "$($job.Command) $($job.StatusMessage) $($job.Location)" | Should -Not -BeLike '*geheim*'
        (Request-MacAddress urn:x:a 10 -Uri $job.Uri -Token $token).Provider | Should -Be 'site-a'
        Wait-Until { Get-MacHandle urn:x:a -ErrorAction Ignore }
        (Complete-Line 'Get-MacHandle urn').CompletionText | Should -Be 'urn:x:a'
        (Get-MacHandle urn:x:a).MacAddress | Should -Be '02:00:5e:10:00:00'
    }

    It 'compares it with a file' {
        $here = New-TestStore
        $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/40
        (Compare-MacStore -DifferenceConnectionString $place).Kind | Should -Be 'PoolRange', 'Vlan'
        $null = Connect-MacStore -ConnectionString $place
        (Compare-MacStore $here.Path -Kind PoolRange).Subject | Should -Be '02:00:5e:10:00:00-02:00:5e:10:00:ff'
        (Get-MacError { Compare-MacStore -DifferenceConnectionString $place }).Id | Should -Be 'StoreSame'
    }

    It 'goes on while the shared store is gone, and says so' {
        Stop-TestPostgres $server
        Wait-Until { -not $job.IsCentralStoreReachable } 30
        (Request-MacAddress urn:x:alone 10 -Uri $job.Uri -Token $token).Outcome | Should -Be 'New'
        Wait-Until { $job.DecidedAlone -eq 1 }
        (Receive-Job $job -WarningVariable warnings -WarningAction SilentlyContinue).Kind | Should -Contain 'RootLost'
        $warnings | Should -Not -BeNullOrEmpty
        "$warnings" | Should -Not -BeLike '*geheim*'
        $job.State | Should -Be 'Running'
    }
}
