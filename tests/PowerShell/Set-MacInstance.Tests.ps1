BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Set-MacInstance' {
    BeforeEach {
        New-SessionStore
    }

    It 'gives a profile at run time, in the record too, and takes it away again' {
        $before = New-MacInstance a training
        Set-MacInstance a -Profile satellite | Should -BeNullOrEmpty
        $after = Get-MacInstance a
        "$($after.EffectiveProfile) $($after.ProfileSource) $($after.MacAddress)" | Should -Be "satellite Override $($before.MacAddress)"
        (Get-MacInterface a).Profile | Should -Be satellite
        $null = Add-MacProfileRule datacentre -MatchName a
        (Get-MacInstance a).EffectiveProfile | Should -Be satellite
        (Set-MacInstance A * -PassThru).EffectiveProfile | Should -Be datacentre
        (Get-MacInterface a).Profile | Should -Be datacentre
    }

    It 'refuses what is none' {
        $null = New-MacInstance a training
        (Get-MacError { Set-MacInstance a fibre }).Id | Should -Be ProfileNotFound
        (Get-MacError { Set-MacInstance none satellite }).Id | Should -Be InstanceNotFound
        (Get-MacError { Set-MacInstance a }).Id | Should -Be NothingToChange
    }

    It 'says anew what an enforcer makes, and leaves the rest' {
        $null = New-MacInstance a training -Profile satellite -Attach Veth -Enforcer lab-host
        $after = Set-MacInstance a -Attach Tap -PassThru
        "$($after.Attach) $($after.AttachEnforcer) $($after.EffectiveProfile) $($after.ProfileSource)" | Should -Be 'Tap lab-host satellite Override'
        (Set-MacInstance a -Enforcer * -PassThru).AttachEnforcer | Should -BeNullOrEmpty
        $after = Set-MacInstance a -Attach None -PassThru
        "$($after.Attach) $($after.AttachAdapter)" | Should -Be 'None '
        (Get-MacError { Set-MacInstance a -Enforcer lab-host }).Id | Should -Be EnforcerWithoutAttachment
        (Get-MacInstance a).AttachEnforcer | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf, and several from the pipeline' {
        $null = 'a', 'b' | New-MacInstance -Session training
        Set-MacInstance a satellite -WhatIf
        (Get-MacInstance).EffectiveProfile | Should -Be branch-dsl, branch-dsl
        (Get-MacInstance | Set-MacInstance -Profile satellite -PassThru).EffectiveProfile | Should -Be satellite, satellite
    }
}
