BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Uninstall-MacService' {
    BeforeEach {
        $null = New-TestStore
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $linux = @{ Destination = $folder; Platform = 'Linux' }
        $edge = Install-MacService Enforcer edge -Adapter eth1, eth2 @linux
        $alerts = Install-MacService Watch alerts -When EnforcerStopped @linux
    }

    It 'takes one service away, and leaves the others' {
        Uninstall-MacService edge -Confirm:$false @linux
        Test-Path $edge.Path | Should -BeFalse
        Test-Path $alerts.Path | Should -BeTrue
        (Get-MacService @linux).Name | Should -Be alerts
    }

    It 'changes nothing with -WhatIf' {
        Uninstall-MacService edge -WhatIf @linux
        Test-Path $edge.Path | Should -BeTrue
    }

    It 'names a service that is not there' {
        { Uninstall-MacService nothing -Confirm:$false @linux -ErrorAction Stop } | Should -Throw '*nothing*'
        (Get-MacService @linux).Count | Should -Be 2
    }
}
