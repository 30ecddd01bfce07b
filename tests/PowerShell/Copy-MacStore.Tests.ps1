BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Copy-MacStore' {
    BeforeEach {
        New-ExampleStore
        $null = 'vm-1', 'vm-2' | New-MacAllocation 10
        $source = Get-MacStore
        $target = Join-Path $TestDrive "$([guid]::NewGuid()).db"
    }

    It 'copies the connected store to a file, and stays connected' {
        $copy = Copy-MacStore $target
        $copy | Should -BeOfType MacSegmentation.Stores.MacStoreCopy
        $copy.Source | Should -Be $source.Path
        $copy.Destination | Should -Be $target
        $copy.Revision | Should -Be $source.Revision
        $copy.Rows | Should -BeGreaterThan 10
        $copy.Digest | Should -Match '^[0-9a-f]{64}$'
        (Get-MacStore).Path | Should -Be $source.Path
        $audit = Get-MacAuditEvent | Out-String
        $allocations = Get-MacAllocation | Out-String
        (Connect-MacStore $target).Revision | Should -Be $source.Revision
        Get-MacAuditEvent | Out-String | Should -Be $audit
        Get-MacAllocation | Out-String | Should -Be $allocations
        (Get-MacStore).Revision | Should -Be $source.Revision
    }

    It 'copies a store that is named, relative to PowerShell''s location' {
        $null = New-TestStore
        Push-Location -LiteralPath $TestDrive
        try {
            $copy = Copy-MacStore -Path (Split-Path -Leaf $source.Path) -DestinationPath ./named.db
        }
        finally {
            Pop-Location
        }
        $copy.Source | Should -Be $source.Path
        $copy.Destination | Should -Be (Join-Path $TestDrive 'named.db')
        Remove-Item (Join-Path $TestDrive 'named.db')
    }

    It 'shows what it would do with -WhatIf, and does nothing' {
        Copy-MacStore $target -WhatIf | Should -BeNullOrEmpty
        $target | Should -Not -Exist
    }

    It 'has a table that fits' {
        $lines = (Copy-MacStore $target | Format-Table | Out-String -Width 80) -split '\n'
        $lines[1] | Should -Match 'Rows +Revision Source +Destination'
        $lines.Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a store that holds something'; Id = 'StoreNotEmpty'; Category = 'ResourceExists'; Arguments = { @{ DestinationPath = $other } } }
        @{ Case = 'itself'; Id = 'StoresAreTheSame'; Category = 'InvalidArgument'; Arguments = { @{ DestinationPath = $source.Path } } }
        @{ Case = 'a source that does not exist'; Id = 'StoreNotFound'; Category = 'ObjectNotFound'; Arguments = { @{ Path = "$target.none"; DestinationPath = $target } } }
        @{ Case = 'two sources'; Id = 'StoreSourceAmbiguous'; Category = 'InvalidArgument'; Arguments = { @{ Path = $source.Path; ConnectionString = 'Host=db'; DestinationPath = $target } } }
        @{ Case = 'a folder'; Id = 'StorePathIsDirectory'; Category = 'InvalidArgument'; Arguments = { @{ DestinationPath = "$TestDrive" } } }
        @{ Case = 'a connection string that is none'; Id = 'InvalidConnectionString'; Category = 'InvalidArgument'; Arguments = { @{ DestinationConnectionString = 'Host=db;Pasword=S3cret' } } }
        @{ Case = 'a server that is not there'; Id = 'StoreUnavailable'; Category = 'ResourceUnavailable'; Arguments = { @{ DestinationConnectionString = 'Host=/nonexistent;Password=S3cret;Username=anna' } } }
    ) {
        $other = (New-TestStore).Path
        $null = New-MacVlan 7
        $null = Connect-MacStore $source.Path
        $given = & $Arguments
        $failure = Get-MacError { Copy-MacStore @given }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        $failure.Message | Should -Not -Match 'S3cret'
        (Get-MacStore).Path | Should -Be $source.Path
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

        It 'moves a store there and back' {
            $place = New-TestDatabase $server
            $there = Copy-MacStore -DestinationConnectionString $place
            $there.Destination | Should -BeLike 'postgresql:///pester_*'
            $null = Connect-MacStore -ConnectionString $place
            (Get-MacAllocation).InstanceId | Should -Be 'vm-1', 'vm-2'
            $back = Copy-MacStore $target
            $back.Source | Should -Be $there.Destination
            $back.Digest | Should -Be $there.Digest
            $again = Copy-MacStore -ConnectionString $place -DestinationPath "$target.2"
            $again.Digest | Should -Be $there.Digest
        }
    }
}
