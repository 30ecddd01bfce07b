BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacProfileRule' {
    BeforeEach {
        New-SessionStore
    }

    It 'removes rules, and instances keep what they were given' {
        $null = Add-MacProfileRule datacentre -MatchName 'db-*'
        $null = New-MacInstance db-1 training
        (Get-MacProfileRule | Remove-MacProfileRule -PassThru).UseProfile | Should -Be datacentre
        Get-MacProfileRule | Should -BeNullOrEmpty
        (Get-MacInstance db-1).EffectiveProfile | Should -Be datacentre
        (Get-MacError { Remove-MacProfileRule 1 }).Id | Should -Be ProfileRuleNotFound
        (Add-MacProfileRule satellite -MatchName x).RuleId | Should -Be 2
    }

    It 'removes nothing with -WhatIf' {
        $null = Add-MacProfileRule datacentre -MatchName 'db-*'
        Remove-MacProfileRule 1 -WhatIf
        (Get-MacProfileRule).RuleId | Should -Be 1
    }
}
