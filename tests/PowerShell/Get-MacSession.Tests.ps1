BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacSession' {
    BeforeEach {
        New-SessionStore
    }

    It 'lists sessions by name with the number of their instances' {
        $null = New-MacSession lab 20
        $null = New-MacInstance a, b -Session training
        (Get-MacSession).Name | Should -Be lab, training
        (Get-MacSession TRAIN*).Instances | Should -Be 2
        ('training' | Get-MacSession).DefaultProfile | Should -Be branch-dsl
        Get-MacSession none* | Should -BeNullOrEmpty
        (Get-MacError { Get-MacSession none }).Id | Should -Be SessionNotFound
    }

    It 'fits 80 columns' {
        $lines = (Get-MacSession | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -like 'training *10 branch-dsl *Full *Running *0' } | Should -HaveCount 1
    }

    It 'completes names' {
        (Complete-Line 'Get-MacSession t').CompletionText | Should -Be training
    }
}
