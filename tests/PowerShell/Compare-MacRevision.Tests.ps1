BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = Add-MacPolicy 10 * 02:00:00:00:00:01 Deny
    Set-MacPolicy 10 10 -Action Drop
    Set-MacVlan 20 -Name plcs
    $null = New-MacInterface web-1 10 10.0.0.11/24
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Compare-MacRevision' {
    It 'says what a change did, field by field' {
        $difference = Compare-MacRevision 3 4
        $difference | Should -BeOfType MacSegmentation.Undoing.MacRevisionDifference
        $difference.Kind, $difference.Table, $difference.Property, $difference.Before, $difference.After | Should -Be 'Changed', 'policy', 'action', 'Deny', 'Drop'
    }

    It 'compares with the newest, and names records' {
        $differences = Compare-MacRevision 4
        $differences.Table | Should -Be 'vlan', 'allocation', 'interface', 'fixed_address'
        ($differences | Where-Object Table -EQ vlan).After | Should -Be plcs
        $interface = $differences | Where-Object Table -EQ interface
        $interface.Kind, $interface.Name | Should -Be Added, web-1
        $interface.After | Should -Match 'mac_address 00:1a:2b:3c:40:00'
        ($differences | Where-Object Table -EQ fixed_address).After | Should -Match '10\.0\.0\.11'
    }

    It 'compares backwards' {
        (Compare-MacRevision 6 5).Kind | Select-Object -Unique | Should -Be Removed
        Compare-MacRevision 6 6 | Should -BeNullOrEmpty
    }

    It 'has a table that fits' {
        $lines = (Compare-MacRevision 0 | Format-Table | Out-String -Width 80) -split '\n'
        $lines[1] | Should -Match 'Kind +Table +Record +Property +Before +After'
        $lines.Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a revision that is not there yet'; Id = 'RevisionNotFound'; Command = { Compare-MacRevision 1 4711 } }
        @{ Case = 'no number'; Id = 'ParameterArgumentValidationError'; Command = { Compare-MacRevision -1 } }
    ) {
        (Get-MacError $Command).Id | Should -Be $Id
    }

    It 'completes revisions' {
        (Complete-Line 'Compare-MacRevision ').CompletionText | Should -Be '6', '5', '4', '3', '2', '1'
    }
}
