BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacProviderClient' {
    BeforeEach {
        New-ExampleStore
    }

    It 'shows a token that is found nowhere else' {
        $client = New-MacProviderClient hypervisors -VlanId 20, 10
        $client | Should -BeOfType MacSegmentation.Clients.MacProviderClientToken
        "$($client.Name) $($client.VlanId)" | Should -Be 'hypervisors 10 20'
        $client.Token | Should -Match '^mps_[\w-]{43}$'
        (New-MacProviderClient other).Token | Should -Not -Be $client.Token
        Get-MacProviderClient | ConvertTo-Json -Depth 5 | Should -Not -BeLike "*$($client.Token)*"
        Get-MacAuditEvent | ConvertTo-Json | Should -Not -BeLike "*$($client.Token)*"

        # Shared with the store, which has the file open: on Windows that counts.
        $reader = [IO.StreamReader]::new([IO.File]::Open((Get-MacStore).Path, 'Open', 'Read', 'ReadWrite'))
        try { $reader.ReadToEnd() | Should -Not -BeLike "*$($client.Token)*" } finally { $reader.Dispose() }
    }

    It 'takes names and rows from the pipeline' {
        ('a', 'b' | New-MacProviderClient).Name | Should -Be 'a', 'b'
        ("Name,VlanId`nc,""10,20""`nd," | ConvertFrom-Csv | New-MacProviderClient).VlanId | Should -Be 10, 20
    }

    It 'does nothing with -WhatIf' {
        New-MacProviderClient a -WhatIf
        Get-MacProviderClient | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a name that is taken, in another case'; Id = 'ClientExists'; Category = 'ResourceExists'; Command = { New-MacProviderClient A }; Prepare = { $null = New-MacProviderClient a } }
        @{ Case = 'an empty name'; Id = 'InvalidClientName'; Category = 'InvalidArgument'; Command = { New-MacProviderClient '' } }
        @{ Case = 'a name with wildcards'; Id = 'InvalidClientName'; Category = 'InvalidArgument'; Command = { New-MacProviderClient 'a*' } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { New-MacProviderClient a 10, 30 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { New-MacProviderClient a 4095 } }
        @{ Case = 'a VLAN that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { New-MacProviderClient a ten } }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes VLANs' {
        (Complete-Line 'New-MacProviderClient a -VlanId ').CompletionText | Should -Be '10', '20'
    }
}
