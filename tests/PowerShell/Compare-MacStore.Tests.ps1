BeforeAll {
    . $PSScriptRoot/Support.ps1

    # Another site's store, made by the same rules and left again.
    function New-OtherStore([scriptblock] $Fill) {
        $here = (Get-MacStore).Path
        $path = (New-TestStore).Path
        & $Fill
        $null = Connect-MacStore $here
        $path
    }
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Compare-MacStore' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacAllocation 10 camera-1
        $null = Request-MacAddress urn:x:a 10
        $other = New-OtherStore {
            $null = New-MacVlan 10 -Range 00-1A-2B-3C-40-00/40 -Name printers
            $null = New-MacAllocation 10 printer-1
            $null = Request-MacAddress urn:x:a, urn:x:b 10
        }
    }

    It 'lists what collides, by kind' {
        $collisions = Compare-MacStore $other
        $collisions | Should -BeOfType MacSegmentation.Merging.MacStoreCollision
        $collisions.Kind | Should -Be 'Address', 'SharedHandle', 'PoolRange', 'Vlan'
        "$($collisions[0].Subject) $($collisions[0].Here) $($collisions[0].There)" | Should -Be "00:1a:2b:3c:40:00 'camera-1' in VLAN 10 'printer-1' in VLAN 10"
        $collisions[2].Subject | Should -Be '00:1a:2b:3c:40:00-00:1a:2b:3c:40:ff'
        "$($collisions[3].Here) | $($collisions[3].There)" | Should -BeLike "name 'cameras'* | name 'printers'*"
    }

    It 'takes either store from either side' {
        $here = (Get-MacStore).Path
        (Compare-MacStore -DifferencePath $other -Kind Address).Here | Should -Be "'camera-1' in VLAN 10"
        (Compare-MacStore -ReferencePath $other -Kind Address).Here | Should -Be "'printer-1' in VLAN 10"
        $null = New-TestStore
        (Compare-MacStore -ReferencePath $other -DifferencePath $here -Kind Address, Vlan).Kind | Should -Be 'Address', 'Vlan'
    }

    It 'takes files from the pipeline, and paths of PowerShell''s own location' {
        (Get-Item $other | Compare-MacStore -Kind SharedHandle).Subject | Should -Be 'urn:x:a'
        Push-Location (Split-Path $other)
        (Compare-MacStore "./$(Split-Path -Leaf $other)" -Kind SharedHandle).Subject | Should -Be 'urn:x:a'
        Pop-Location
    }

    It 'says nothing of stores that share nothing' {
        $apart = New-OtherStore { $null = New-MacVlan 30 -Range 06-00-00-00-00-00/40 }
        Compare-MacStore $apart | Should -BeNullOrEmpty
    }

    It 'changes neither store' {
        $before = (Get-MacStore).Revision
        $null = Compare-MacStore $other
        (Get-MacStore).Revision | Should -Be $before
        $here = (Get-MacStore).Path
        $revision = (Connect-MacStore $other).Revision
        $null = Compare-MacStore $here
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'has a table and a list' {
        Compare-MacStore $other | Format-Table | Out-String -Width 120 | Should -BeLike '*PoolRange*00:1a:2b:3c:40:00-*VLAN 10*'
        Compare-MacStore $other | Format-List | Out-String | Should -BeLike '*There*'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a file that does not exist'; Id = 'StoreNotFound'; Category = 'ObjectNotFound'; Command = { Compare-MacStore (Join-Path $TestDrive missing.db) } }
        @{ Case = 'a file that is no store'; Id = 'StoreNotADatabase'; Category = 'InvalidData'; Command = { Compare-MacStore "$RepositoryRoot/README.md" } }
        @{ Case = 'a path of another provider'; Id = 'PathNotInFileSystem'; Category = 'InvalidArgument'; Command = { Compare-MacStore Env:PATH } }
        @{ Case = 'no other store'; Id = 'StoreNotNamed'; Category = 'InvalidArgument'; Command = { Compare-MacStore } }
        @{ Case = 'one side named twice'; Id = 'StoreNamedTwice'; Category = 'InvalidArgument'; Command = { Compare-MacStore $other -DifferenceConnectionString 'Host=db' } }
        @{ Case = 'a store with itself'; Id = 'StoreSame'; Category = 'InvalidArgument'; Command = { Compare-MacStore (Get-MacStore).Path } }
        @{ Case = 'a connection string that is none'; Id = 'InvalidConnectionString'; Category = 'InvalidArgument'; Command = { Compare-MacStore -DifferenceConnectionString 'Nonsense=1' } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
        Join-Path $TestDrive missing.db | Should -Not -Exist
    }
}
