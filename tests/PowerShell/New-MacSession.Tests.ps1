BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacSession' {
    BeforeEach {
        New-SessionStore
    }

    It 'creates a session and writes it' {
        $session = New-MacSession lab -VlanId 20 -DefaultProfile SATELLITE -Isolation None
        "$($session.Name) $($session.VlanId) $($session.DefaultProfile) $($session.Isolation) $($session.State) $($session.Instances)" | Should -Be 'lab 20 satellite None Running 0'
        (Get-MacAuditEvent -Newest 1).Action | Should -Be CreateSession
    }

    It 'refuses <Id> and changes nothing' -ForEach @(
        @{ Id = 'SessionExists'; Given = @{ Name = 'TRAINING' } }
        @{ Id = 'InvalidSessionName'; Given = @{ Name = 'a*' } }
        @{ Id = 'InvalidSessionName'; Given = @{ Name = '' } }
        @{ Id = 'VlanNotFound'; Given = @{ VlanId = 30 } }
        @{ Id = 'ProfileNotFound'; Given = @{ DefaultProfile = 'fibre' } }
        @{ Id = 'ProfileRangeOutsidePool'; Given = @{ DefaultProfile = 'branch-dsl' } }
    ) {
        $all = @{ Name = 'lab'; VlanId = 20 }
        foreach ($key in $Given.Keys) { $all[$key] = $Given[$key] }
        (Get-MacError { New-MacSession @all }).Id | Should -Be $Id
    }

    It 'creates nothing with -WhatIf' {
        New-MacSession lab 20 -WhatIf | Should -BeNullOrEmpty
        (Get-MacSession).Name | Should -Be training
    }

    It 'takes sessions back from CSV' {
        $null = New-MacSession lab 20 -Isolation None
        $file = Join-Path $TestDrive sessions.csv
        Get-MacSession | Export-Csv $file
        Get-MacSession | Remove-MacSession -Force
        $again = Import-Csv $file | New-MacSession
        "$($again.Name) $($again.VlanId) $($again.DefaultProfile) $($again.Isolation)" | Should -Be 'lab training 20 10  branch-dsl None Full'
    }

    It 'completes profiles and isolation' {
        (Complete-Line 'New-MacSession lab 20 -DefaultProfile s').CompletionText | Should -Be satellite
        (Complete-Line 'New-MacSession lab 20 -Isolation ').CompletionText | Should -Be Full, None
    }

    It 'begins a scenario, which a document and a copy have too' {
        '{ "name": "day", "loop": "1h", "steps": [ { "after": 0, "profile": "SATELLITE" } ] }' | Set-Content (Join-Path $TestDrive s.json)
        $session = New-MacSession timed 20 -Scenario (Join-Path $TestDrive s.json)
        "$($session.Scenario)" | Should -Be 'day: 0s satellite; loop 1h'
        $file = Join-Path $TestDrive store.json
        Export-MacConfiguration $file
        (Get-Content $file -Raw | ConvertFrom-Json).sessions.scenario | Should -Contain 'day: 0s satellite; loop 1h'
        Remove-MacSession timed -Force
        Import-MacConfiguration $file -Confirm:$false
        "$((Get-MacSession timed).Scenario)" | Should -Be 'day: 0s satellite; loop 1h'
        foreach ($form in { $_ | ConvertTo-Csv | ConvertFrom-Csv }, { $_ | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json }, { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) }) {
            $again = Get-MacSession timed | ForEach-Object $form
            Remove-MacSession timed -Force
            "$(($again | New-MacSession).Scenario)" | Should -Be 'day: 0s satellite; loop 1h'
        }
    }
}
