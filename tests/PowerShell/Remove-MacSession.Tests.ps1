BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacSession' {
    BeforeEach {
        New-SessionStore
    }

    It 'refuses a session with instances or rules, and names what would end' {
        $null = New-MacInstance a, b -Session training
        $null = Add-MacProfileRule satellite -Session training
        $failure = Get-MacError { Remove-MacSession training -Confirm:$false }
        $failure.Id | Should -Be SessionInUse
        "$($failure.Message)" | Should -BeLike "*instances 'a' and 'b', rule 1, which would end with it*"
    }

    It 'ends all with -Force' {
        $null = New-MacInstance a, b -Session training
        $null = Add-MacProfileRule satellite -Session training
        (Remove-MacSession TRAINING -Force -PassThru).Instances | Should -Be 2
        Get-MacSession | Should -BeNullOrEmpty
        Get-MacInstance | Should -BeNullOrEmpty
        Get-MacProfileRule | Should -BeNullOrEmpty
        Get-MacAllocation | Should -BeNullOrEmpty
    }

    It 'removes one without instances, and nothing with -WhatIf' {
        Remove-MacSession training -WhatIf
        (Get-MacSession).Name | Should -Be training
        Remove-MacSession training -Confirm:$false
        (Get-MacError { Remove-MacSession training -Force }).Id | Should -Be SessionNotFound
    }
}
