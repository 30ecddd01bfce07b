BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Restore-MacStore' {
    BeforeEach {
        New-ExampleStore
        $null = 'vm-1', 'vm-2' | New-MacAllocation 10
        $store = Get-MacStore
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).macbak"
        $backup = Backup-MacStore $file
        $target = Join-Path $TestDrive "$([guid]::NewGuid()).db"
    }

    It 'makes a new store of a backup' {
        $restored = Restore-MacStore $file -DestinationPath $target -Reason 'CHG-4711'
        $restored | Should -BeOfType MacSegmentation.Backups.MacStoreRestore
        $restored.BackupRevision | Should -Be $store.Revision
        $restored.ReplacedRevision | Should -BeNullOrEmpty
        $restored.Lost | Should -Be 0
        (Get-MacStore).Path | Should -Be $store.Path
        (Connect-MacStore $target).Revision | Should -Be $restored.Revision
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2'
        $event = Get-MacAuditEvent -Newest 1
        $event.Action, $event.Reason | Should -Be 'RestoreStore', 'CHG-4711'
    }

    It 'takes backups from Get-Item' {
        (Get-Item $file | Restore-MacStore -DestinationPath $target).BackupRevision | Should -Be $backup.Revision
    }

    It 'replaces the connected store with -Force, and the session goes on with it' {
        $null = New-MacAllocation 10 vm-3
        $restored = Restore-MacStore $file -Force -WarningVariable warned -WarningAction Ignore
        $restored.ReplacedRevision | Should -Be ($store.Revision + 1)
        $restored.Lost | Should -Be 1
        $warned | Should -Match 'are free'
        (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2'
        (New-MacAllocation 10 vm-4).MacAddress | Should -Be '00:1a:2b:3c:40:02'
    }

    It 'lists with -WhatIf what would be forgotten, and forgets nothing' {
        $null = New-MacAllocation 10 vm-3
        $null = Request-MacAddress urn:x:1 10 -InstanceId plc
        $revision = (Get-MacStore).Revision
        $losses = Restore-MacStore $file -WhatIf
        $losses | Should -BeOfType MacSegmentation.Backups.MacRestoreLoss
        $losses.Kind | Should -Be 'Allocation', 'Handle'
        $losses.InstanceId | Should -Be 'vm-3', 'plc'
        (Get-MacStore).Revision | Should -Be $revision
        Restore-MacStore $file -WhatIf -DestinationPath $target | Should -BeNullOrEmpty
        $target | Should -Not -Exist
        $lines = ($losses | Format-Table | Out-String -Width 80) -split '\n'
        $lines[1] | Should -Match 'Kind +VlanId MacAddress +InstanceId +Handle'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a store that holds something'; Id = 'RestoreWouldReplaceStore'; Category = 'ResourceExists'; Prepare = {} }
        @{ Case = 'addresses that the backup does not know'; Id = 'RestoreWouldLoseAddresses'; Category = 'ResourceBusy'; Prepare = { $null = New-MacAllocation 10 vm-3 } }
        @{ Case = 'no such backup'; Id = 'BackupNotFound'; Category = 'ObjectNotFound'; Prepare = { Remove-Item $file } }
        @{ Case = 'another file'; Id = 'BackupForeign'; Category = 'InvalidData'; Prepare = { Set-Content $file 'Dear diary' } }
        @{ Case = 'one that is cut short'; Id = 'BackupDamaged'; Category = 'InvalidData'; Prepare = { [IO.File]::WriteAllBytes($file, [IO.File]::ReadAllBytes($file)[0..999]) } }
        @{ Case = 'a store that requires a reason'; Id = 'ReasonRequired'; Category = 'InvalidArgument'; Arguments = @{ Force = $true }; Prepare = { Set-MacStore -ReasonRequired $true } }
    ) {
        . $Prepare
        $given = $Arguments ?? @{}
        $failure = Get-MacError { Restore-MacStore $file @given }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    Context 'with a PostgreSQL server' {
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

        It 'goes to a server and back' {
            $place = New-TestDatabase $server
            (Restore-MacStore $file -DestinationConnectionString $place).Destination | Should -BeLike 'postgresql:///pester_*'
            $null = Connect-MacStore -ConnectionString $place
            $null = New-MacAllocation 10 vm-3
            (Backup-MacStore "$file.2").Provider | Should -Be PostgreSQL
            $null = Restore-MacStore "$file.2" -DestinationPath $target
            $null = Connect-MacStore $target
            (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2', 'vm-3'
        }
    }
}
