BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacProfile' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacProfile branch-dsl -From dsl
        $null = New-MacProfile branch-cable -From cable
        $null = New-MacInterface web-1 10 -Profile branch-dsl
    }

    It 'removes one that nobody has' {
        (Remove-MacProfile BRANCH-cable -PassThru).Name | Should -Be branch-cable
        (Get-MacProfile).Name | Should -Be branch-dsl
        (Get-MacError { Remove-MacProfile branch-cable }).Id | Should -Be ProfileNotFound
    }

    It 'refuses one that an interface has, and names it' {
        $failure = Get-MacError { Remove-MacProfile branch-dsl }
        $failure.Id | Should -Be ProfileInUse
        $failure.Message | Should -Match 'web-1.*-ReplaceWith.*-Force'
        (Get-MacError { Remove-MacProfile branch-dsl -ReplaceWith none }).Id | Should -Be ProfileNotFound
        (Get-MacError { Remove-MacProfile branch-dsl -ReplaceWith branch-dsl }).Id | Should -Be InvalidReplacement
    }

    It 'gives those who have it another one, or none' {
        Remove-MacProfile branch-dsl -ReplaceWith BRANCH-cable
        (Get-MacInterface web-1).Profile | Should -Be branch-cable
        Get-MacProfile | Remove-MacProfile -Force
        (Get-MacInterface web-1).Profile | Should -BeNullOrEmpty
        Get-MacProfile | Should -BeNullOrEmpty
        (Get-MacAuditEvent | Select-Object -Last 1).Detail | Should -Be 'taken off 1 interface'
    }

    It 'changes nothing with -WhatIf' {
        Remove-MacProfile branch-dsl -Force -WhatIf
        (Get-MacInterface web-1).Profile | Should -Be branch-dsl
    }

    It 'completes names' {
        (TabExpansion2 'Remove-MacProfile x -ReplaceWith branch-c' 41).CompletionMatches.CompletionText | Should -Be branch-cable
    }
}

Describe 'The profile of an interface record' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacProfile fast -From datacentre
        $null = New-MacProfile far -Latency 50ms -AddressRange 02-10-00-00-00-00/40
    }

    It 'is set, changed and taken off' {
        (New-MacInterface web-1 10 -Profile FAST).Profile | Should -BeExactly fast
        (Set-MacInterface web-1 -Profile $null -PassThru).Profile | Should -BeNullOrEmpty
        (Set-MacInterface web-1 -Profile fast -PassThru).Profile | Should -Be fast
        Set-MacInterface web-1 -Profile ''
        (Get-MacInterface web-1).Profile | Should -BeNullOrEmpty
    }

    It 'has to exist, and its addresses are in the pool' {
        (Get-MacError { New-MacInterface web-1 10 -Profile none }).Id | Should -Be ProfileNotFound
        $failure = Get-MacError { New-MacInterface web-1 10 -Profile far }
        $failure.Id | Should -Be ProfileRangeOutsidePool
        $failure.Message | Should -Match 'Set-MacVlan 10 -AddRange'
        $null = New-MacInterface web-1 10
        (Get-MacError { Set-MacInterface web-1 -Profile far }).Id | Should -Be ProfileRangeOutsidePool
    }

    It 'comes back from a file, and an empty cell leaves it' {
        $null = New-MacInterface web-1 10 -Profile fast
        $saved = Get-MacInterface web-1 | ConvertTo-Csv | ConvertFrom-Csv
        Remove-MacInterface web-1 -Confirm:$false
        ($saved | New-MacInterface).Profile | Should -Be fast
        [pscustomobject]@{ Name = 'web-1'; Profile = ''; ArpRateLimit = 7 } | Set-MacInterface
        (Get-MacInterface web-1).Profile | Should -Be fast
    }

    It 'is in the document, with the profile' {
        $null = New-MacInterface web-1 10 -Profile fast
        $file = Join-Path $TestDrive lab.json
        $null = Export-MacConfiguration $file
        Remove-MacProfile fast -Force
        $null = Import-MacConfiguration $file -Confirm:$false
        (Get-MacInterface web-1).Profile | Should -Be fast
        "$((Get-MacProfile fast).Ingress)" | Should -BeExactly 'Bandwidth=10gbit Latency=250us'
    }
}
