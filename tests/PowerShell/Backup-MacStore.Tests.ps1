BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Backup-MacStore' {
    BeforeEach {
        New-ExampleStore
        $null = 'vm-1', 'vm-2' | New-MacAllocation 10
        $store = Get-MacStore
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).macbak"
    }

    It 'writes all that the connected store holds, and says what that is' {
        $backup = Backup-MacStore $file
        $backup | Should -BeOfType MacSegmentation.Backups.MacStoreBackup
        $backup.Path | Should -Be $file
        $backup.Source | Should -Be $store.Path
        $backup.Provider | Should -Be SQLite
        $backup.Revision | Should -Be $store.Revision
        $backup.Vlans, $backup.Allocations, $backup.Handles, $backup.Blocks | Should -Be 2, 2, 0, 0
        $backup.Length | Should -Be (Get-Item $file).Length
        $backup.Digest | Should -Match '^[0-9a-f]{64}$'
        (Get-MacStore).Revision | Should -Be $store.Revision
    }

    It 'is an archive whose store opens like any' {
        $null = Backup-MacStore $file
        $folder = Join-Path $TestDrive "$([guid]::NewGuid())"
        Expand-Archive $file $folder -ErrorAction Stop
        (Get-Content "$folder/manifest.json" | ConvertFrom-Json).revision | Should -Be $store.Revision
        $null = Connect-MacStore "$folder/store.db"
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2'
    }

    It 'replaces a backup, unless it is told not to' {
        $null = Backup-MacStore $file
        $null = New-MacAllocation 10 vm-3
        (Backup-MacStore $file).Allocations | Should -Be 3
        (Get-MacError { Backup-MacStore $file -NoClobber }).Id | Should -Be BackupExists
    }

    It 'writes relative to PowerShell''s location' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Backup-MacStore ./night.macbak).Path | Should -Be (Join-Path $TestDrive night.macbak)
        }
        finally {
            Pop-Location
        }
        Remove-Item (Join-Path $TestDrive night.macbak)
    }

    It 'shows what it would do with -WhatIf, and does nothing' {
        Backup-MacStore $file -WhatIf | Should -BeNullOrEmpty
        $file | Should -Not -Exist
    }

    It 'has a table that fits' {
        $lines = (Backup-MacStore $file | Format-Table | Out-String -Width 80) -split '\n'
        $lines[1] | Should -Match 'CreatedAt +Revision Allocations +Handles Blocks Path'
        $lines.Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'another file'; Id = 'BackupExists'; Category = 'ResourceExists'; Path = { $store.Path } }
        @{ Case = 'a folder'; Id = 'BackupUnwritable'; Category = 'InvalidArgument'; Path = { "$TestDrive" } }
        @{ Case = 'no such folder'; Id = 'BackupUnwritable'; Category = 'ObjectNotFound'; Path = { "$TestDrive/none/x.macbak" } }
        @{ Case = 'another drive'; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Path = { 'Env:x' } }
    ) {
        $given = & $Path
        $failure = Get-MacError { Backup-MacStore $given }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }
}
