BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacInstance' {
    BeforeEach {
        New-SessionStore
    }

    It 'lists instances by name, session and profile' {
        $null = 'b', 'a' | New-MacInstance -Session training
        $null = New-MacInstance c -VlanId 20 -Profile satellite
        (Get-MacInstance).Name | Should -Be a, b, c
        (Get-MacInstance B).MacAddress | Should -Be '02:10:00:00:00:40'
        (Get-MacInstance -Session train*).Name | Should -Be a, b
        (Get-MacInstance -Profile satellite).Name | Should -Be c
        ([pscustomobject]@{ VMName = 'c' } | Get-MacInstance).Session | Should -BeNullOrEmpty
        Get-MacInstance none* | Should -BeNullOrEmpty
        (Get-MacError { Get-MacInstance none }).Id | Should -Be InstanceNotFound
        (Get-MacError { Get-MacInstance -Session none }).Id | Should -Be SessionNotFound
        (Get-MacError { Get-MacInstance a -Profile none }).Id | Should -Be ProfileNotFound
    }

    It 'fits 80 columns' {
        $null = New-MacInstance a training
        $lines = (Get-MacInstance | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -like 'a *training *branch-dsl *Session *10 02:10:00:00:00:40' } | Should -HaveCount 1
    }

    It 'completes names' {
        $null = 'web-1', 'db-1' | New-MacInstance -Session training
        (Complete-Line 'Get-MacInstance w').CompletionText | Should -Be web-1
    }
}
