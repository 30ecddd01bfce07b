BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Export-MacConfiguration' {
    BeforeEach {
        New-ExampleStore
        $null = 'vm-1', 'vm-2' | New-MacAllocation 10
        $null = Add-MacPolicy 20 * 01:00:5e:00:00:00/25 Drop
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
    }

    It 'writes what another store can be made equal to' {
        Export-MacConfiguration $path | Should -BeNullOrEmpty
        $before = Get-MacAllocation | Select-Object VlanId, MacAddress, InstanceId | Out-String
        $null = New-TestStore
        $null = Import-MacConfiguration $path -Confirm:$false
        (Get-MacAllocation | Select-Object VlanId, MacAddress, InstanceId | Out-String) | Should -Be $before
        "$(Get-MacPolicy)" | Should -Be '10: * -> 01:00:5e:00:00:00/25 Drop'
        Export-MacConfiguration "$path.again"
        Get-Content "$path.again" -Raw | Should -BeExactly (Get-Content $path -Raw)
    }

    It 'returns the file with -PassThru, and replaces one that is there unless told not to' {
        Set-Content $path old
        (Export-MacConfiguration $path -PassThru).FullName | Should -Be $path
        (Get-Content $path -Raw | ConvertFrom-Json).vlans.name | Should -Be 'cameras', 'plc'
        $failure = Get-MacError { Export-MacConfiguration $path -NoClobber }
        $failure.Id | Should -Be 'ConfigurationExists'
        $failure.Category | Should -Be 'ResourceExists'
    }

    It 'takes a path relative to PowerShell''s location' {
        Push-Location -LiteralPath $TestDrive
        try {
            Export-MacConfiguration ./relative.json
        }
        finally {
            Pop-Location
        }
        Join-Path $TestDrive 'relative.json' | Should -Exist
    }

    It 'does nothing with -WhatIf' {
        Export-MacConfiguration $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no such folder'; Id = 'ConfigurationUnwritable'; Command = { Export-MacConfiguration (Join-Path $TestDrive 'no/such/file.json') } }
        @{ Case = 'a directory'; Id = 'ConfigurationUnwritable'; Command = { Export-MacConfiguration $TestDrive } }
        @{ Case = 'another provider'; Id = 'PathNotInFileSystem'; Command = { Export-MacConfiguration Env:/x.json } }
    ) {
        (Get-MacError $Command).Id | Should -Be $Id
    }
}
