BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacAddressPair' {
    BeforeEach {
        New-ExampleStore
        $null = New-MacInterface web-1 10 10.0.0.11/24
        $null = New-MacInterface web-2 10 10.0.0.12/24
        $null = Get-MacInterface | Add-MacAddressPair -IPAddress 10.0.0.100 -MacAddress 00:00:5e:00:01:0a
        $null = Add-MacAddressPair web-1 10.0.0.101, 10.0.0.102
    }

    It 'removes a pair by its values' {
        Remove-MacAddressPair web-1 10.0.0.101 | Should -BeNullOrEmpty
        Remove-MacAddressPair -Interface WEB-1 -IPAddress 10.0.0.100 -MacAddress 00-00-5E-00-01-0A
        (Get-MacAddressPair web-1).IPAddress.IPAddressToString | Should -Be '10.0.0.102'
    }

    It 'removes the pairs of the pipeline' {
        $removed = Get-MacAddressPair -IPAddress 10.0.0.100 | Remove-MacAddressPair -PassThru
        $removed.InterfaceName | Should -Be 'web-1', 'web-2'
        Get-MacAddressPair | Remove-MacAddressPair
        Get-MacAddressPair | Should -BeNullOrEmpty
    }

    It 'removes a pair of the records of the pipeline, whatever their own address is' {
        Get-MacInterface web-* | Remove-MacAddressPair -IPAddress 10.0.0.100
        Get-MacAddressPair -IPAddress 10.0.0.100 | Should -BeNullOrEmpty
        'web-1' | Remove-MacAddressPair -IPAddress 10.0.0.101, 10.0.0.102
        [pscustomobject]@{ Name = 'web-2' } | Remove-MacAddressPair -IPAddress 10.0.0.100 2>&1 | Should -BeLike '*has no address pair*'
        Get-MacAddressPair | Should -BeNullOrEmpty
    }

    It 'tells apart pairs of one IP address by their MAC address' {
        $null = Add-MacAddressPair web-2 10.0.0.100
        $failure = Get-MacError { Remove-MacAddressPair web-2 10.0.0.100 }
        $failure.Id | Should -Be 'AddressPairAmbiguous'
        $failure.Category | Should -Be 'InvalidArgument'
        (Remove-MacAddressPair web-2 10.0.0.100 00:1a:2b:3c:40:01 -PassThru).HasOwnMacAddress | Should -BeFalse
    }

    It 'does nothing with -WhatIf' {
        $revision = (Get-MacStore).Revision
        Get-MacAddressPair | Remove-MacAddressPair -WhatIf
        Remove-MacAddressPair web-1 10.0.0.101 -WhatIf
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no such pair'; Id = 'AddressPairNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAddressPair web-2 10.0.0.101 } }
        @{ Case = 'another MAC address'; Id = 'AddressPairNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAddressPair web-1 10.0.0.100 00:00:5e:00:01:0b } }
        @{ Case = 'a fixed address'; Id = 'AddressPairNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAddressPair web-1 10.0.0.11 } }
        @{ Case = 'a pair that was removed'; Id = 'AddressPairNotFound'; Category = 'ObjectNotFound'; Command = { $gone | Remove-MacAddressPair } }
        @{ Case = 'a prefix'; Id = 'AddressPairIsPrefix'; Category = 'InvalidArgument'; Command = { Remove-MacAddressPair web-1 10.0.0.0/24 } }
        @{ Case = 'no address'; Id = 'InvalidIPAddress'; Category = 'InvalidArgument'; Command = { Remove-MacAddressPair web-1 x } }
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacAddressPair web-3 10.0.0.100 } }
        @{ Case = 'no record'; Id = 'InvalidInterfaceName'; Category = 'InvalidArgument'; Command = { Remove-MacAddressPair '' 10.0.0.100 } }
        @{ Case = 'no MAC address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Remove-MacAddressPair web-1 10.0.0.100 x } }
    ) {
        $gone = Remove-MacAddressPair web-1 10.0.0.102 -PassThru
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes the pairs of the record' {
        (Complete-Line 'Remove-MacAddressPair -Interface web-').CompletionText | Should -Be 'web-1', 'web-2'
        (Complete-Line 'Remove-MacAddressPair -Interface web-2 -IPAddress ').CompletionText | Should -Be '10.0.0.100'
        (Complete-Line 'Remove-MacAddressPair web-1 10.0.0.1').CompletionText | Should -Be '10.0.0.100', '10.0.0.101', '10.0.0.102'
        $addresses = Complete-Line 'Remove-MacAddressPair -Interface web-1 -MacAddress '
        $addresses.CompletionText | Should -Be '00:00:5e:00:01:0a', '00:1a:2b:3c:40:00'
        $addresses[0].ToolTip | Should -Be '10.0.0.100 of web-1'
    }
}
