BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacProfileRule' {
    BeforeEach {
        New-SessionStore
    }

    It 'lists rules in their order' {
        $null = Add-MacProfileRule satellite -MatchName 'b*'
        $null = Add-MacProfileRule datacentre -Session training
        (Get-MacProfileRule).RuleId | Should -Be 1, 2
        (Get-MacProfileRule 2).UseProfile | Should -Be datacentre
        (Get-MacProfileRule -Session training).RuleId | Should -Be 2
        (Get-MacProfileRule -UseProfile sat*).RuleId | Should -Be 1
        (Get-MacError { Get-MacProfileRule 9 }).Id | Should -Be ProfileRuleNotFound
        (Complete-Line 'Get-MacProfileRule ').CompletionText | Should -Be 1, 2
    }

    It 'fits 80 columns' {
        $null = Add-MacProfileRule satellite -Session training -When 'EgressUtilization > 90% within 10s'
        $lines = (Get-MacProfileRule | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -like '*1 satellite *training *EgressUtil*' } | Should -HaveCount 1
    }
}
