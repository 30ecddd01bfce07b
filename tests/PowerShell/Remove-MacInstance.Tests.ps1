BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacInstance' {
    BeforeEach {
        New-SessionStore
    }

    It 'gives the address back, and removes record and profile' {
        $null = 'a', 'b' | New-MacInstance -Session training
        Remove-MacInstance a -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacInterface).Name | Should -Be b
        (Get-MacAllocation).InstanceId | Should -Be b
        (Get-MacInstance | Remove-MacInstance -Force -PassThru).EffectiveProfile | Should -Be branch-dsl
        (Get-MacError { Remove-MacInstance b -Force }).Id | Should -Be InstanceNotFound
    }

    It 'takes a virtual machine by VMName, and removes nothing with -WhatIf' {
        $null = New-MacInstance a training
        [pscustomobject]@{ VMName = 'a' } | Remove-MacInstance -WhatIf
        (Get-MacInstance).Name | Should -Be a
        [pscustomobject]@{ VMName = 'a' } | Remove-MacInstance -Force
        Get-MacInstance | Should -BeNullOrEmpty
    }
}
