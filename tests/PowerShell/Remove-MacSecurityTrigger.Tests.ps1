BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacSecurityTrigger' {
    BeforeEach {
        New-QuarantineStore
        $null = Add-MacSecurityTrigger scan 'Denials > 50 within 10s' -AddTag quarantined -For 15m
        $null = Add-MacSecurityTrigger storm 'ArpRate > 200' -AddTag quarantined
    }

    It 'removes a trigger' {
        Remove-MacSecurityTrigger SCAN | Should -BeNullOrEmpty
        (Get-MacSecurityTrigger).Name | Should -Be storm
        (Get-MacError { Remove-MacSecurityTrigger scan }).Id | Should -Be SecurityTriggerNotFound
    }

    It 'removes several from the pipeline and writes them as they were' {
        $gone = Get-MacSecurityTrigger | Remove-MacSecurityTrigger -KeepTag -PassThru
        $gone.Name | Should -Be scan, storm
        Get-MacSecurityTrigger | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf' {
        Remove-MacSecurityTrigger scan -WhatIf
        (Get-MacSecurityTrigger).Name | Should -Be scan, storm
    }
}
