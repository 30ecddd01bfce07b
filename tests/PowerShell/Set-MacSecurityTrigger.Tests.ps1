BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacSecurityTrigger' {
    BeforeEach {
        New-QuarantineStore
        $null = Add-MacSecurityTrigger scan 'Denials > 50 within 10s' -AddTag quarantined -For 15m
    }

    It 'changes what is given, and nothing else' {
        Set-MacSecurityTrigger SCAN -When 'denials > 200 within 10s' -For 1h | Should -BeNullOrEmpty
        $trigger = Get-MacSecurityTrigger scan
        "$($trigger.When) $($trigger.For) $($trigger.AddTag)" | Should -Be 'Denials > 200 within 10s 01:00:00 quarantined'
        (Set-MacSecurityTrigger scan -Disabled $true -DryRun $true -PassThru).IsDisabled | Should -BeTrue
        (Set-MacSecurityTrigger scan -For 0 -PassThru).For | Should -BeNullOrEmpty
    }

    It 'takes a scope and lets go of it' {
        (Set-MacSecurityTrigger scan -Interface web-1 -PassThru).Interface | Should -Be web-1
        (Get-MacError { Set-MacSecurityTrigger scan -Partition quarantine }).Id | Should -Be InvalidSecurityTriggerScope
        $trigger = Set-MacSecurityTrigger scan -Interface * -Partition quarantine -PassThru
        "$($trigger.Interface) $($trigger.Partition)" | Should -Be ' quarantine'
        (Get-MacError { Set-MacSecurityTrigger scan -Partition * -Interface router }).Id | Should -Be InterfaceTriggerExempt
    }

    It 'refuses what makes no trigger' {
        (Get-MacError { Set-MacSecurityTrigger scan -When 'Denials' }).Id | Should -Be InvalidCondition
        (Get-MacError { Set-MacSecurityTrigger scan -AddTag @() }).Id | Should -Be SecurityTriggerWithoutTags
        (Get-MacError { Set-MacSecurityTrigger none -Disabled $true }).Id | Should -Be SecurityTriggerNotFound
        (Get-MacError { Set-MacSecurityTrigger scan }).Id | Should -Be NothingToChange
    }

    It 'asks with what would change' {
        Set-MacSecurityTrigger scan -When 'ArpRate > 5' -WhatIf
        (Get-MacSecurityTrigger scan).When | Should -Be 'Denials > 50 within 10s'
    }
}
