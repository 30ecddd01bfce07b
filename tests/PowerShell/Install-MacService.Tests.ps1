# Install-MacService, Get-MacService and Uninstall-MacService: units of systemd, and services of Windows, written to a folder.
BeforeAll {
    . $PSScriptRoot/Support.ps1
    $noSystemd = -not (Get-Command systemd-analyze -ErrorAction Ignore)
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Install-MacService' {
    BeforeEach {
        $null = New-TestStore
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $linux = @{ Destination = $folder; Platform = 'Linux' }
        $windows = @{ Destination = $folder; Platform = 'Windows'; Program = 'C:\Program Files\macseg\macseg.exe' }
    }

    It 'writes a unit with no more rights than an enforcer needs' {
        $service = Install-MacService Enforcer edge -Adapter eth1, eth2 @linux
        $service.Name, $service.Kind, $service.ServiceName, $service.State | Should -Be edge, Enforcer, macseg-edge.service, written
        $unit = Get-Content $service.Path
        $unit | Should -Contain 'Type=notify'
        $unit | Should -Contain 'DynamicUser=yes'
        $unit | Should -Contain 'CapabilityBoundingSet=CAP_NET_RAW CAP_NET_ADMIN'
        $unit | Should -Contain 'AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN'
        $unit | Should -Contain 'NoNewPrivileges=yes'
        $unit | Should -Contain 'ProtectSystem=strict'
        $unit | Should -Contain 'StateDirectory=macseg'
        $unit | Should -Contain 'Restart=on-failure'
        $unit -match '^WatchdogSec=' | Should -Not -BeNullOrEmpty
        ($unit -match '^ExecStart=') | Should -BeLike '*macseg* enforce --store /var/lib/macseg/store.db --adapter eth1 --adapter eth2'
    }

    It 'gives a watch and a provider no capabilities but that of a low port' {
        (Get-Content (Install-MacService Watch a -When 'PoolUse > 80%' @linux).Path) | Should -Contain 'CapabilityBoundingSet='
        (Get-Content (Install-MacService Provider b -Uri https://10.0.0.1:8443 @linux).Path) | Should -Contain 'CapabilityBoundingSet='
        (Get-Content (Install-MacService Provider c -Uri https://10.0.0.1:443 @linux).Path) | Should -Contain 'CapabilityBoundingSet=CAP_NET_BIND_SERVICE'
    }

    It 'is what systemd-analyze verify takes' {
        if ($noSystemd) {
            Set-ItResult -Skipped -Because 'systemd-analyze is not installed'
            return
        }
        $units = @(
            Install-MacService Enforcer edge -Port 'eth1=web-1', eth2 -Store '/srv/mac seg/s.db' @linux
            Install-MacService Watch alerts -When 'PoolUse > 80%', 'Denials > 100 within 1s' -Argument --syslog, unix:///dev/log -Description '100% of "it"' @linux
            Install-MacService Provider site -Uri https://10.0.0.1:8443 -User root @linux
        )
        $said = systemd-analyze verify $units.Path 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        $said | Should -BeNullOrEmpty
    }

    It 'quotes what systemd would change' {
        $unit = Get-Content (Install-MacService Watch alerts -When 'PoolUse > 80%' -Argument --webhook, 'https://x/$a?b=%20' @linux).Path
        ($unit -match '^ExecStart=') | Should -BeLike '*--when "PoolUse > 80%%" --name alerts --webhook "https://x/$$a`?b=%%20"'
    }

    It 'makes a service of Windows by sc.exe' {
        $service = Install-MacService Enforcer edge -Adapter 'Ethernet', 'Ethernet 2' -Store 'D:\mac seg\s.db' @windows
        $global:scCalls = [Collections.Generic.List[object]]::new()
        function sc.exe { $global:scCalls.Add($args) }
        . $service.Path
        $create = $global:scCalls[0]
        $create[0..2] | Should -Be create, macseg-edge, binPath=
        $create[3] | Should -Be '"C:\Program Files\macseg\macseg.exe" service run macseg-edge -- enforce --store "D:\mac seg\s.db" --adapter Ethernet --adapter "Ethernet 2"'
        $create[4..7] | Should -Be start=, delayed-auto, obj=, 'NT SERVICE\macseg-edge'
        $calls = $global:scCalls | ForEach-Object { "$_" }
        $calls | Should -Contain 'failure macseg-edge reset= 86400 actions= restart/1000/restart/5000/restart/30000'
        $calls | Should -Contain 'privs macseg-edge SeChangeNotifyPrivilege'
        $calls[-1] | Should -Be 'start macseg-edge'
        Remove-Variable scCalls -Scope Global
        (Get-Content (Install-MacService Enforcer edge -Adapter a, b -Store 'D:\s.db' -NoStart -Force @windows).Path) -match 'sc.exe start' | Should -BeNullOrEmpty
    }

    It 'lists services, and takes them away' {
        $null = Install-MacService Enforcer edge -Adapter eth1, eth2 @linux
        $null = Install-MacService Watch alerts -When EnforcerStopped @linux
        Set-Content (Join-Path $folder macseg-foreign.service) '[Unit]'
        (Get-MacService @linux).Name | Should -Be alerts, edge
        (Get-MacService e* @linux).Kind | Should -Be Enforcer
        Get-MacService @linux | Uninstall-MacService @linux -WhatIf
        (Get-MacService @linux).Count | Should -Be 2
        Get-MacService edge @linux | Uninstall-MacService @linux -Force
        (Get-MacService @linux).Name | Should -Be alerts
        ((Get-MacService @linux | Out-String -Width 80) -split '\r?\n').ForEach({ $_.Length }) | ForEach-Object { $_ | Should -BeLessOrEqual 80 }
        (Get-MacService @linux | ConvertTo-Json | ConvertFrom-Json | Get-MacService @linux).Name | Should -Be alerts
        (Complete-Line "Get-MacService -Destination '$folder' al").CompletionText | Should -Be alerts
        (Complete-Line 'Install-MacService ').CompletionText | Should -Be Enforcer, Provider, Watch
    }

    It 'writes nothing with -WhatIf' {
        Install-MacService Enforcer edge -Adapter eth1, eth2 @linux -WhatIf
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'refuses <Because>' -ForEach @(
        @{ Id = 'InvalidService'; Because = 'a name that is none'; Given = @{ Kind = 'Enforcer'; Name = '../x'; Adapter = 'a', 'b' } }
        @{ Id = 'InvalidService'; Because = 'an enforcer without adapters'; Given = @{ Kind = 'Enforcer'; Name = 'x' } }
        @{ Id = 'InvalidService'; Because = 'a watch without a condition'; Given = @{ Kind = 'Watch'; Name = 'x' } }
        @{ Id = 'InvalidService'; Because = 'adapters of a watch'; Given = @{ Kind = 'Watch'; Name = 'x'; When = 'EnforcerStopped'; Adapter = 'a', 'b' } }
        @{ Id = 'InvalidService'; Because = 'a store by half a path'; Given = @{ Kind = 'Watch'; Name = 'x'; When = 'EnforcerStopped'; Store = 's.db' } }
        @{ Id = 'InvalidService'; Because = 'an end of line'; Given = @{ Kind = 'Watch'; Name = 'x'; When = 'EnforcerStopped'; Description = "a`nExecStartPre=evil" } }
        @{ Id = 'InvalidCondition'; Because = 'a condition that is none'; Given = @{ Kind = 'Watch'; Name = 'x'; When = 'Pool' } }
        @{ Id = 'ServiceSecret'; Because = 'a password'; Given = @{ Kind = 'Watch'; Name = 'x'; When = 'EnforcerStopped'; Store = 'Host=db;Database=macseg;Password=x' } }
        @{ Id = 'ServiceSecret'; Because = 'a password in a URI'; Given = @{ Kind = 'Watch'; Name = 'x'; When = 'EnforcerStopped'; Store = 'postgresql://anna:x@db/macseg' } }
    ) {
        (Get-MacError { Install-MacService @Given @linux }).Id | Should -Be $Id
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'refuses a second one of a name, another platform, and what is not there' {
        $null = Install-MacService Enforcer edge -Adapter eth1, eth2 @linux
        (Get-MacError { Install-MacService Enforcer EDGE -Adapter eth1, eth2 @linux }).Id | Should -Be ServiceExists
        (Get-MacError { Get-MacService none @linux }).Id | Should -Be ServiceNotFound
        (Get-MacError { Uninstall-MacService none @linux -Force }).Id | Should -Be ServiceNotFound
        (Get-MacError { Get-MacService -Platform ($IsWindows ? 'Linux' : 'Windows') }).Id | Should -Be ServicePlatformElsewhere
        (Get-MacError { Install-MacService Enforcer x -Adapter a, b -Platform Linux -Destination (Join-Path $folder none) }).Id | Should -Be ServiceNotWritten
    }
}
