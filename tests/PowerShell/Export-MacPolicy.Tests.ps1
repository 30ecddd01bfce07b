BeforeAll {
    . $PSScriptRoot/Support.ps1

    # Hyper-V's cmdlets, by the parameters that Microsoft documents (set VMName), which write down how they were called.
    $calls = [System.Collections.Generic.List[object]]::new()

    function Add-VMNetworkAdapterAcl {
        [CmdletBinding(SupportsShouldProcess)]
        param(
            [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $VMName,
            [Parameter(Mandatory)] [ValidateSet('Allow', 'Deny', 'Meter')] [string] $Action,
            [Parameter(Mandatory)] [ValidateSet('Inbound', 'Outbound', 'Both')] [string] $Direction,
            [string[]] $LocalIPAddress, [ValidatePattern('^(ANY|([0-9a-f]{2}-){5}[0-9a-f]{2})$')] [string[]] $LocalMacAddress,
            [string[]] $RemoteIPAddress, [ValidatePattern('^(ANY|([0-9a-f]{2}-){5}[0-9a-f]{2})$')] [string[]] $RemoteMacAddress,
            [switch] $Passthru, [string] $VMNetworkAdapterName, [CimSession[]] $CimSession, [string[]] $ComputerName, [pscredential[]] $Credential
        )
        $calls.Add("$VMName/$VMNetworkAdapterName $Direction $RemoteMacAddress $Action")
    }

    function Set-VMNetworkAdapterVlan {
        [CmdletBinding(SupportsShouldProcess)]
        param(
            [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $VMName,
            [string] $VMNetworkAdapterName, [switch] $Untagged, [switch] $Access, [Alias('AccessVlanId')] [int] $VlanId, [switch] $Trunk, [int] $NativeVlanId,
            [string] $AllowedVlanIdList, [switch] $Isolated, [switch] $Community, [switch] $Promiscuous, [int] $PrimaryVlanId, [int] $SecondaryVlanId,
            [string] $SecondaryVlanIdList, [switch] $Passthru, [string[]] $ComputerName, [pscredential[]] $Credential
        )
        $calls.Add("$VMName/$VMNetworkAdapterName $(if ($Untagged) { 'untagged' } elseif ($Access) { "access $VlanId" })")
    }
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Export-MacPolicy' {
    BeforeEach {
        New-ExampleStore
        $null = Add-MacPolicy 10 00:1a:2b:3c:40:04 * Drop
        $null = Add-MacPolicy 20 * 01:00:5e:00:00:00/25 Drop
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
    }

    It 'writes one text for <_>, of the VLANs that are given or of all' -ForEach 'Nftables', 'OpenFlow' {
        $all = Export-MacPolicy -Format $_
        $all.GetType() | Should -Be ([string])
        $all | Should -Match 'VLAN 10 ''cameras'', default action Allow'
        $all | Should -Match 'VLAN 20 ''plc'', default action Allow'
        Export-MacPolicy 10, 20 -Format $_ | Should -BeExactly $all
        Get-MacVlan | Export-MacPolicy -Format $_ | Should -BeExactly $all
        Export-MacPolicy 10 -Format $_ | Should -Not -Match 'VLAN 20'
        $all | Should -Not -Match '\n$'
    }

    It 'warns of what the target does not express, and says so in the text' {
        $null = New-MacInterface web-1 10 10.0.10.11/24 -Tag web
        $null = New-MacPartition web -Tag web
        $null = Add-MacPartitionPolicy web * Deny
        $null = Set-MacVlan 20 -DefaultAction Deny -ArpResponder On
        $text = Export-MacPolicy -Format OpenFlow -WarningVariable limits -WarningAction SilentlyContinue
        $limits.Count | Should -Be 4
        "$limits" | Should -BeLike '*ARP responder of VLAN 20*Partitions are not exported*Interface records are not exported*Deny and Drop are the same*'
        foreach ($limit in $limits) {
            $text | Should -BeLike "*# NOT EXPRESSED: $($limit.Message)*"
        }
    }

    It 'says nothing where all is expressed' {
        Export-MacPolicy -Format Nftables 3>&1 | Should -BeOfType ([string])
    }

    It 'writes a file, returns it with -PassThru, and replaces one that is there unless told not to' {
        Set-Content $path old
        $text = Export-MacPolicy 10 -Format Nftables -Untagged
        Export-MacPolicy 10 -Format Nftables -Untagged -Path $path | Should -BeNullOrEmpty
        Get-Content $path -Raw | Should -BeExactly "$text`n"
        (Export-MacPolicy 10 -Format OpenFlow -Path $path -PassThru).FullName | Should -Be $path
        $failure = Get-MacError { Export-MacPolicy 10 -Format Nftables -Path $path -NoClobber }
        $failure.Id | Should -Be 'PolicyFileExists'
        $failure.Category | Should -Be 'ResourceExists'
        Get-Content $path -Raw | Should -Match 'Open vSwitch'
    }

    It 'writes no file with -WhatIf' {
        Export-MacPolicy 10 -Format Nftables -Path $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'writes a script that Hyper-V''s cmdlets bind' {
        $null = New-MacVlan 30 -Name 'x #> $(throw) "'' `' -DefaultAction Deny
        $null = Add-MacPolicy 30 00:1a:2b:3c:4f:00 * Allow
        $null = Add-MacPolicy 30 * 00:1a:2b:3c:4f:00 Allow
        $given = @{ Format = 'HyperV'; VMName = "cam ‘1’'"; VMNetworkAdapterName = '$(throw) "2"'; MacAddress = '00:1a:2b:3c:40:01'; WarningAction = 'SilentlyContinue' }
        $calls.Clear()
        & ([scriptblock]::Create((Export-MacPolicy 30 @given)))
        $adapter = "cam ‘1’'/`$(throw) `"2`""
        $calls | Should -BeExactly @(
            "$adapter access 30"
            "$adapter Outbound 00-1a-2b-3c-4f-00 Allow"
            "$adapter Outbound ANY Deny"
            "$adapter Inbound 00-1a-2b-3c-4f-00 Allow"
            "$adapter Inbound ANY Deny"
        )

        $calls.Clear()
        & ([scriptblock]::Create((Export-MacPolicy 30 @given -Untagged -Direction Outbound)))
        $calls | Should -BeExactly "$adapter untagged", "$adapter Outbound 00-1a-2b-3c-4f-00 Allow", "$adapter Outbound ANY Deny"
    }

    It 'completes formats, directions and VLANs' {
        (Complete-Line 'Export-MacPolicy -Format ').CompletionText | Should -Be 'HyperV', 'Nftables', 'OpenFlow'
        (Complete-Line 'Export-MacPolicy -Direction ').CompletionText | Should -Be 'Both', 'Inbound', 'Outbound'
        (Complete-Line 'Export-MacPolicy -VlanId ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Export-MacPolicy -VMName ') | Should -BeNullOrEmpty
    }

    It 'fails where there is no VLAN' {
        $null = New-TestStore
        (Get-MacError { Export-MacPolicy -Format Nftables }).Id | Should -Be 'NothingToExport'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no such VLAN'; Id = 'VlanNotFound'; Command = { Export-MacPolicy 11 -Format Nftables } }
        @{ Case = 'no VLAN number'; Id = 'InvalidVlanId'; Command = { Export-MacPolicy 5000 -Format Nftables } }
        @{ Case = 'no such format'; Id = 'ParameterArgumentTransformationError'; Command = { Export-MacPolicy -Format Ebtables } }
        @{ Case = 'frames without a tag in two VLANs'; Id = 'OneVlanNeeded'; Command = { Export-MacPolicy -Format Nftables -Untagged } }
        @{ Case = 'an adapter in two VLANs'; Id = 'OneVlanNeeded'; Command = { Export-MacPolicy -Format HyperV -VMName a -MacAddress 00:1a:2b:3c:40:01 } }
        @{ Case = 'no adapter for Hyper-V'; Id = 'AdapterNeeded'; Command = { Export-MacPolicy 10 -Format HyperV } }
        @{ Case = 'half an adapter'; Id = 'AdapterNeeded'; Command = { Export-MacPolicy 10 -Format HyperV -VMName a } }
        @{ Case = 'an adapter for nft'; Id = 'AdapterNotWanted'; Command = { Export-MacPolicy 10 -Format Nftables -VMName a -MacAddress 00:1a:2b:3c:40:01 } }
        @{ Case = 'what no ACL entry says'; Id = 'PolicyNotExpressible'; Command = { Export-MacPolicy 20 -Format HyperV -VMName a -MacAddress 00:1a:2b:3c:40:01 } }
        @{ Case = 'no such folder'; Id = 'PolicyFileUnwritable'; Command = { Export-MacPolicy 10 -Format Nftables -Path (Join-Path $TestDrive 'no/such/file.nft') } }
        @{ Case = 'a directory'; Id = 'PolicyFileUnwritable'; Command = { Export-MacPolicy 10 -Format Nftables -Path $TestDrive } }
        @{ Case = 'another provider'; Id = 'PathNotInFileSystem'; Command = { Export-MacPolicy 10 -Format Nftables -Path Env:/x } }
    ) {
        (Get-MacError $Command).Id | Should -Be $Id
    }
}
