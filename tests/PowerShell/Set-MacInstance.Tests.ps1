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

    It 'gives a profile at a time, for a while and again, and takes that away with any other change' {
        $null = New-MacInstance a training
        $schedule = (Set-MacInstance a satellite -At (Get-Date).AddMinutes(-1) -For 1h -Every 10h -PassThru).Schedule
        "$schedule" | Should -BeLike 'satellite at *Z for 1h every 10h'
        $now = Get-MacInstance a
        "$($now.EffectiveProfile) $($now.ResolvedProfile)" | Should -Be 'satellite branch-dsl'
        $now.ScheduledBy | Should -BeLike 'its schedule, satellite at *'
        Set-MacInstance a none -At (Get-Date).AddMinutes(5)
        (Get-MacInstance a).EffectiveProfile | Should -Be branch-dsl
        (Get-MacAuditEvent | Where-Object Subject -EQ a)[-1].Detail | Should -BeLike 'schedule none at *'
        Set-MacInstance a *
        (Get-MacInstance a).Schedule | Should -BeNullOrEmpty
    }

    It 'refuses a schedule that is none' {
        $null = New-MacInstance a training
        (Get-MacError { Set-MacInstance a -At 10:00 }).Id | Should -Be InvalidSchedule
        (Get-MacError { Set-MacInstance a satellite -Every 10m }).Id | Should -Be InvalidSchedule
        (Get-MacError { Set-MacInstance a satellite -Every 10m -For 20m }).Id | Should -Be InvalidSchedule
        (Get-MacError { Set-MacInstance a satellite -For -1s }).Id | Should -Be InvalidSchedule
        (Get-MacError { Set-MacInstance a fibre -At 10:00 }).Id | Should -Be ProfileNotFound
        (Get-MacInstance a).Schedule | Should -BeNullOrEmpty
    }
}
