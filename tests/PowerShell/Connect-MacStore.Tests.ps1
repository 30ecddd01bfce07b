BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Connect-MacStore' {
    It 'creates a store on first use and says where it is' {
        $path = Join-Path $TestDrive 'folder/new.db'
        $connection = Connect-MacStore $path
        $connection | Should -BeOfType MacSegmentation.Stores.MacStoreConnection
        $connection.Path | Should -Be $path
        $connection.Revision | Should -Be 0
        $path | Should -Exist
    }

    It 'opens a store again with what is in it' {
        $path = Join-Path $TestDrive 'again.db'
        $null = Connect-MacStore $path
        $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
        (Connect-MacStore $path).Revision | Should -Be 1
        (Get-MacVlan).VlanId | Should -Be 10
    }

    It 'takes a path relative to PowerShell''s location' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Connect-MacStore ./relative.db).Path | Should -Be (Join-Path $TestDrive 'relative.db')
        }
        finally {
            Pop-Location
        }
    }

    It 'takes a path of a PowerShell drive' {
        (Connect-MacStore TestDrive:/drive.db).Path | Should -Be (Join-Path $TestDrive 'drive.db')
    }

    It 'takes a file from the pipeline, by property name' {
        $null = Connect-MacStore (Join-Path $TestDrive 'file.db')
        Disconnect-MacStore
        (Get-Item (Join-Path $TestDrive 'file.db') | Connect-MacStore).Path | Should -Be (Join-Path $TestDrive 'file.db')
    }

    It 'opens what $env:MACSEG_STORE names without a path, and not where one is given' {
        $before = $env:MACSEG_STORE
        try {
            $env:MACSEG_STORE = Join-Path $TestDrive 'named.db'
            (Connect-MacStore).Path | Should -Be $env:MACSEG_STORE
            (Connect-MacStore (Join-Path $TestDrive 'other.db')).Path | Should -Be (Join-Path $TestDrive 'other.db')
            $env:MACSEG_STORE = 'Host=nowhere.invalid;Password=geheim;Timeout=1'
            $failure = { Connect-MacStore -Verbose -ErrorAction Stop } | Should -Throw -PassThru
            "$failure $($failure.ScriptStackTrace)" | Should -Not -Match 'geheim'
        }
        finally {
            $env:MACSEG_STORE = $before
        }
    }

    It 'opens the user''s default store without a path' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'where the default store is can be turned round by a variable on Linux only'
        }

        $folder = Join-Path $TestDrive 'home'
        $lines = Invoke-Shell "
            `$env:XDG_DATA_HOME = '$folder'
            (Connect-MacStore).Path -eq [MacSegmentation.Stores.MacStoreOptions]::DefaultPath
            [MacSegmentation.Stores.MacStoreOptions]::DefaultPath.StartsWith('$folder')"
        $lines | Should -Be 'True', 'True'
    }

    It 'gives the store to parallel runspaces' {
        $store = New-TestStore
        $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
        $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
        $allocations = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            "vm-$_" | New-MacAllocation 10
        }
        $allocations.MacAddress | Select-Object -Unique | Should -HaveCount 8
        (Get-MacAllocation -VlanId 10) | Should -HaveCount 8
        (Get-MacStore).Path | Should -Be $store.Path
    }

    It 'in a thread job does not change the session''s store' {
        $store = New-TestStore
        $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
        $other = Join-Path $TestDrive 'other.db'
        $used = Start-ThreadJob { Import-Module $using:manifest; (Get-MacStore).Path; (Connect-MacStore $using:other).Path; (Get-MacStore).Path } |
            Receive-Job -Wait -AutoRemoveJob
        $used | Should -Be $store.Path, $other, $other
        (Get-MacStore).Path | Should -Be $store.Path
    }

    It 'fails with <Id> and keeps the store that is connected: <Case>' -ForEach @(
        @{ Case = 'a directory'; Id = 'StorePathIsDirectory'; Category = 'InvalidArgument'; Prepare = { $TestDrive } }
        @{ Case = 'a text file'; Id = 'StoreNotADatabase'; Category = 'InvalidData'; Prepare = {
                $file = Join-Path $TestDrive 'notes.txt'; Set-Content $file ('These are notes and no database. ' * 50); $file }
        }
        @{ Case = 'another program''s database'; Id = 'StoreForeign'; Category = 'InvalidData'; Prepare = {
                $file = Join-Path $TestDrive 'foreign.db'
                $connection = Open-Sqlite $file
                Invoke-Sqlite $connection 'CREATE TABLE IF NOT EXISTS notes (text TEXT)'
                $connection.Dispose()
                $file
            }
        }
        @{ Case = 'a store of a newer version'; Id = 'StoreTooNew'; Category = 'InvalidData'; Prepare = {
                $file = (Connect-MacStore (Join-Path $TestDrive 'newer.db')).Path
                $null = Connect-MacStore $store.Path
                $connection = Open-Sqlite $file
                Invoke-Sqlite $connection 'PRAGMA user_version = 9999'
                $connection.Dispose()
                $file
            }
        }
        @{ Case = 'another provider'; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Prepare = { 'Env:/store.db' } }
        @{ Case = 'an unknown drive'; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Prepare = { 'NoSuchDrive:/store.db' } }
    ) {
        $store = New-TestStore
        $path = & $Prepare
        $failure = Get-MacError { Connect-MacStore $path }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        (Get-MacStore).Path | Should -Be $store.Path
    }

    It 'leaves neither file nor folder behind when it fails' {
        $folder = Join-Path $TestDrive 'made for it'
        $failure = Get-MacError { Connect-MacStore (Join-Path $folder ('n' * 253)) }
        # Windows says of a name that is too long what it likes.
        $failure.Id | Should -BeIn @('InvalidStorePath'; if ($IsWindows) { 'StoreUnavailable' })
        if (-not $IsWindows) {
            $failure.Category | Should -Be 'InvalidArgument'
        }
        $folder | Should -Not -Exist
    }

    It 'reads only with -ReadOnly: what is there is read, and every change refused' {
        $store = New-TestStore
        $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
        $connection = Connect-MacStore $store.Path -ReadOnly
        $connection.IsReadOnly | Should -BeTrue
        (Get-MacStore).IsReadOnly | Should -BeTrue
        (Get-MacVlan).VlanId | Should -Be 10
        foreach ($change in { New-MacVlan 20 }, { New-MacAllocation 10 vm-1 }, { Remove-MacVlan 10 -Force -Confirm:$false }) {
            $failure = Get-MacError $change
            $failure.Id | Should -Be 'StoreReadOnly'
            $failure.Category | Should -Be 'PermissionDenied'
            $failure.Message | Should -Match 'ReadOnly'
        }
        (Connect-MacStore $store.Path).Revision | Should -Be 1
    }

    It 'makes no store to read only' {
        $path = Join-Path $TestDrive 'none/none.db'
        (Get-MacError { Connect-MacStore $path -ReadOnly }).Id | Should -Be 'StoreNotFound'
        Split-Path $path | Should -Not -Exist
    }

    It 'goes to no other store when it fails, and a question makes no default store' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'where the default store is can be turned round by a variable on Linux only'
        }

        $folder = Join-Path $TestDrive 'default'
        $lines = Invoke-Shell "
            `$env:XDG_DATA_HOME = '$folder'
            function Attempt([scriptblock] `$what) { try { & `$what } catch { `$_.FullyQualifiedErrorId.Split(',')[0] } }
            Attempt { Get-MacVlan }
            Attempt { New-MacVlan 10 -WhatIf }
            Attempt { Remove-MacVlan 10 -Confirm:`$false }
            Test-Path '$folder'
            Attempt { Connect-MacStore '$TestDrive' }
            Attempt { New-MacVlan 10 }
            Test-Path '$folder'
            `$null = Connect-MacStore '$TestDrive/given.db'
            Disconnect-MacStore
            Attempt { Get-MacVlan }
            Attempt { New-MacVlan 10 }
            Test-Path '$folder'
            `$null = Connect-MacStore
            (New-MacVlan 10).VlanId
            Disconnect-MacStore
            (Get-MacVlan).VlanId"
        $lines | Where-Object { $_ -notlike 'What if:*' } | Should -Be 'StoreNotFound', 'StoreNotFound', 'False', 'StorePathIsDirectory', 'StoreNotConnected', 'False',
            'StoreNotFound', 'StoreNotFound', 'False', '10', '10'
    }

    It 'makes the default store with its first record' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'where the default store is can be turned round by a variable on Linux only'
        }

        $lines = Invoke-Shell "`$env:XDG_DATA_HOME = '$(Join-Path $TestDrive 'first')'; (New-MacVlan 10).VlanId; Test-Path ([MacSegmentation.Stores.MacStoreOptions]::DefaultPath)"
        $lines | Should -Be '10', 'True'
    }

    It 'follows its file: one that is put in its place is the store' {
        $other = New-TestStore
        $null = New-MacVlan 20
        $store = New-TestStore
        $null = New-MacVlan 10
        if ($IsWindows) {
            Set-ItResult -Skipped -Because 'Windows lets nobody replace a file that SQLite has open'
        }

        Move-Item -LiteralPath $other.Path -Destination $store.Path -Force
        (Get-MacVlan).VlanId | Should -Be 20
        $null = New-MacVlan 30
        Disconnect-MacStore
        $null = Connect-MacStore $store.Path
        (Get-MacVlan).VlanId | Should -Be 20, 30
    }

    Context 'on a PostgreSQL server' {
        BeforeAll {
            $obstacle = Get-PostgresObstacle
            if (-not $obstacle) {
                $server = Start-TestPostgres
            }
        }

        AfterAll {
            Disconnect-MacStore -ErrorAction Ignore
            if ($server) {
                Stop-TestPostgres $server
            }
        }

        BeforeEach {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }
        }

        It 'creates a store on first use, and every cmdlet works as on a file' {
            $place = New-TestDatabase $server
            $connection = Connect-MacStore -ConnectionString $place
            $connection.Provider | Should -Be 'PostgreSQL'
            $connection.Path | Should -BeLike "postgresql:///pester_*?host=$($server.Folder)&port=5432"
            $connection.Revision | Should -Be 0
            $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32 -Name cameras
            ('vm-1', 'vm-2', 'vm-3' | New-MacAllocation 10).MacAddress | Select-Object -Unique | Should -HaveCount 3
            Get-MacAllocation -InstanceId VM-2 | Remove-MacAllocation
            $null = Add-MacPolicy 10 -SourceAddress 02-00-5E-10-00-00 -DestinationAddress * -Action Deny
            (Test-MacPolicy -VlanId 10 -SourceAddress 02-00-5E-10-00-00 -DestinationAddress 02-00-5E-10-00-01).Action | Should -Be 'Deny'
            $null = Connect-MacStore -ConnectionString $place
            (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-3'
            (Get-MacAuditEvent).Process | Select-Object -Unique | Should -Be "pwsh/$PID"
        }

        It 'gives the store to parallel runspaces' {
            $null = Connect-MacStore -ConnectionString (New-TestDatabase $server)
            $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
            $manifest = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
            $allocations = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:manifest
                "vm-$_" | New-MacAllocation 10
            }
            $allocations.MacAddress | Select-Object -Unique | Should -HaveCount 8
        }

        It 'takes user and password apart from the connection string, and shows neither' {
            $place = New-TestDatabase $server
            $role = "r$([guid]::NewGuid().ToString('N'))"
            Invoke-Postgres $server "CREATE ROLE $role LOGIN PASSWORD 'S3cret'; GRANT macseg TO $role"
            $rules = Join-Path $server.Folder 'data/pg_hba.conf'
            Set-Content $rules "local all $role scram-sha-256`n$(Get-Content -Raw $rules)"
            $null = Invoke-Postgres $server 'SELECT pg_reload_conf()'
            $without = $place -replace 'Username=macseg', "Username=$role"
            Wait-Until { try { $null = Connect-MacStore -ConnectionString $without; $false } catch { $true } }

            $credential = [pscredential]::new($role, (ConvertTo-SecureString 'S3cret' -AsPlainText -Force))
            $messages = Connect-MacStore -ConnectionString $place -Credential $credential -Verbose 4>&1
            $messages[-1].Provider | Should -Be 'PostgreSQL'
            ($messages | Out-String) | Should -Not -Match 'S3cret'
            (New-MacVlan 10).VlanId | Should -Be 10
            (Get-MacAuditEvent | Format-List * | Out-String) | Should -Not -Match 'S3cret'

            $null = New-TestStore
            $failure = Get-MacError { Connect-MacStore -ConnectionString "$without;Password=Wr0ng" }
            $failure.Id | Should -Be 'StoreAccessDenied'
            $failure.Category | Should -Be 'PermissionDenied'
            $failure.Message | Should -Not -Match 'Wr0ng'
            "$($failure.Target)" | Should -Not -Match 'Wr0ng'
        }

        It 'reads only with a role that may select and no more' {
            $place = New-TestDatabase $server
            $null = Connect-MacStore -ConnectionString $place
            $null = New-MacVlan 10
            $role = "r$([guid]::NewGuid().ToString('N'))"
            $database = [regex]::Match($place, 'Database=([^;]+)').Groups[1].Value
            $null = Invoke-Postgres $server "CREATE ROLE $role LOGIN"
            $null = Invoke-Postgres $server "GRANT USAGE ON SCHEMA macsegmentation TO $role; GRANT SELECT ON ALL TABLES IN SCHEMA macsegmentation TO $role" $database
            $connection = Connect-MacStore -ConnectionString ($place -replace 'Username=macseg', "Username=$role") -ReadOnly
            $connection.IsReadOnly | Should -BeTrue
            (Get-MacVlan).VlanId | Should -Be 10
            (Get-MacError { New-MacVlan 20 }).Id | Should -Be 'StoreReadOnly'
        }

        It 'names a database that does not exist' {
            $null = New-TestStore
            $failure = Get-MacError { Connect-MacStore -ConnectionString "Host=$($server.Folder);Database=nowhere;Username=macseg" }
            $failure.Id | Should -Be 'StoreDatabaseNotFound'
            $failure.Category | Should -Be 'ObjectNotFound'
        }
    }

    It 'refuses a connection string that it cannot understand without showing it: <_>' -ForEach 'Host=db;Pasword=S3cret', 'Database=macseg;Password=S3cret', 'S3cret' {
        $null = New-TestStore
        $failure = Get-MacError { Connect-MacStore -ConnectionString $_ }
        $failure.Id | Should -Be 'InvalidConnectionString'
        $failure.Category | Should -Be 'InvalidArgument'
        $failure.Message | Should -Match '\.$'
        $failure.Message | Should -Not -Match 'S3cret'
    }

    It 'says that a server is not there' {
        $null = New-TestStore
        $failure = Get-MacError { Connect-MacStore -ConnectionString 'Host=/nonexistent;Database=macseg;Username=anna;Password=S3cret' }
        $failure.Id | Should -Be 'StoreUnavailable'
        $failure.Message | Should -Not -Match 'S3cret'
    }

    It 'takes a path or a connection string' {
        (Get-MacError { Connect-MacStore -Path a.db -ConnectionString 'Host=db' }).Id | Should -Be 'AmbiguousParameterSet'
    }

    It 'refuses an empty path' {
        $null = New-TestStore
        (Get-MacError { Connect-MacStore '' }).Id | Should -Be 'ParameterArgumentValidationError'
    }
}
