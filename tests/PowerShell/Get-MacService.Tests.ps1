BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacService' {
    BeforeEach {
        $null = New-TestStore
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $linux = @{ Destination = $folder; Platform = 'Linux' }
    }

    It 'says nothing where nothing was installed' {
        Get-MacService @linux | Should -BeNullOrEmpty
    }

    It 'lists services by name and pattern' {
        $null = Install-MacService Enforcer edge -Adapter eth1, eth2 @linux
        $null = Install-MacService Watch alerts -When EnforcerStopped @linux
        (Get-MacService @linux).Name | Sort-Object | Should -Be alerts, edge
        $edge = Get-MacService e* @linux
        $edge.Name, $edge.Kind, $edge.ServiceName | Should -Be edge, Enforcer, macseg-edge.service
        Test-Path $edge.Path | Should -BeTrue
    }

    It 'leaves alone what others wrote' {
        Set-Content (Join-Path $folder other.service) '[Unit]'
        Get-MacService @linux | Should -BeNullOrEmpty
    }
}
