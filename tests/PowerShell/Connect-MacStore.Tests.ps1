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

    It 'refuses an empty path' {
        $null = New-TestStore
        (Get-MacError { Connect-MacStore '' }).Id | Should -Be 'ParameterArgumentValidationError'
    }
}
