# What a cmdlet has written comes back from a file or another process, and means to every cmdlet what the object itself means.

BeforeDiscovery {
    $script:forms = @('JSON', 'CSV', 'CLIXML', 'job')
}

BeforeAll {
    . $PSScriptRoot/Support.ps1

    # Objects as they come back from a form, as one array.
    function ConvertTo-Saved {
        param([Parameter(Mandatory)] [string] $Form, [Parameter(Mandatory)] [object[]] $Object)

        $path = Join-Path $TestDrive "$([guid]::NewGuid())"
        $saved = switch ($Form) {
            'JSON' { ConvertTo-Json @($Object) -WarningAction SilentlyContinue | ConvertFrom-Json }
            'deep JSON' { ConvertTo-Json @($Object) -Depth 8 | ConvertFrom-Json }
            'CSV' { $Object | Export-Csv $path; Import-Csv $path }
            'CLIXML' { $Object | Export-Clixml $path; Import-Clixml $path }
            # What goes from a job to its owner: by the same serializer, with the depth that jobs have.
            'job' { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Object, 1)) }
        }
        , @($saved)
    }

    # A record of what happened, without times and numbers that differ from run to run.
    function Get-Told {
        param([object[]] $Object)

        @($Object).ForEach({ "$($_ | Select-Object * -ExcludeProperty AllocatedAt, PolicyId, InterfaceId, RuleId, AssignedAt, CreatedAt, SeenAt | Out-String -Width 400)" })
    }

    # The output objects of the cmdlets that have some without an enforcer, each from a store like any other.
    function New-Everything {
        $null = New-ExampleStore
        $null = New-MacAllocation 10 vm-1, vm-1, vm-2
        $null = New-MacAllocation 20 vm-1
        $null = Add-MacPolicy 10 00:1a:2b:00:00:00/24 * Deny
        $null = Add-MacPolicy 10 * 01:00:5e:00:00:00/25 Drop
        $null = New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64
        $null = New-MacInterface web-2 10 10.0.0.12/24
        $null = Add-MacAddressPair web-1 10.0.0.100 00-00-5e-00-01-07
        $null = New-MacSecurityGroup web
        $null = Add-MacSecurityGroupRule web Inbound Tcp -Port 80, 8000-8080 -RemoteAddress 10.0.0.0/8
        $null = Add-MacSecurityGroupRule web Outbound 47
        $null = Add-MacSecurityGroupMember web web-1
        $null = New-MacProvider site-a -BlockSize 256
        $null = New-MacProviderClient ward-7 10, 20
        $null = Request-MacAddress urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 20
    }
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'A value' {
    It 'is its text in CLIXML and in jobs' {
        New-Everything
        foreach ($form in 'CLIXML', 'job') {
            (ConvertTo-Saved $form (Get-MacAllocation))[0].MacAddress | Should -BeOfType string
            "$((ConvertTo-Saved $form (Get-MacVlan 20))[0].Ranges)" | Should -Be '02:00:5e:10:00:00-02:00:5e:10:ff:ff'
            "$((ConvertTo-Saved $form (Get-MacPolicy 10))[0].SourceAddress)" | Should -Be '00:1a:2b:00:00:00/24'
        }
    }

    It 'is its text in CSV, and lists are, too' {
        New-Everything
        (ConvertTo-Saved CSV (Get-MacVlan 20))[0].Ranges | Should -Be '02:00:5e:10:00:00-02:00:5e:10:ff:ff'
        (ConvertTo-Saved CSV (Get-MacInterface web-1))[0].IPAddress | Should -Be '10.0.0.11/24, fd00::11/64'
        (ConvertTo-Saved CSV (Get-MacInterface web-1))[0].SecurityGroup | Should -Be 'web'
        (ConvertTo-Saved CSV (Get-MacSecurityGroupRule web))[0].Port | Should -Be '80, 8000-8080'
        (ConvertTo-Saved CSV (Get-MacProviderClient))[0].VlanId | Should -Be '10, 20'
    }

    It 'comes from .NET' {
        New-Everything
        $address = "$((Get-MacAllocation -InstanceId vm-2).MacAddress)"
        $physical = [Net.NetworkInformation.PhysicalAddress]::Parse($address.ToUpperInvariant().Replace(':', '-'))
        (Get-MacAllocation -MacAddress $physical).InstanceId | Should -Be 'vm-2'
        ($physical | Remove-MacAllocation -PassThru).InstanceId | Should -Be 'vm-2'
        ([pscustomobject]@{ Name = 'web-3'; VlanId = 10; MacAddress = $physical; IPAddress = '10.0.0.13/24' } | New-MacInterface).MacAddress | Should -Be $address
    }

    It 'comes from the properties that older versions wrote' {
        New-Everything
        $old = [pscustomobject]@{ Value = 0x02005e100000; IsGroup = $false; IsLocal = $true; IsBroadcast = $false }
        ([pscustomobject]@{ InstanceId = 'vm-1'; MacAddress = $old; VlanId = 20 } | Remove-MacAllocation -PassThru).MacAddress | Should -Be '02:00:5e:10:00:00'
        $range = [pscustomobject]@{ First = $old; Last = $old; Count = 1 }
        $null = Remove-MacVlan 20 -Force
        (([pscustomobject]@{ VlanId = 20; Name = 'x'; Ranges = @($range) }) | New-MacVlan).Ranges | Should -Be '02:00:5e:10:00:00-02:00:5e:10:00:00'
        $pattern = [pscustomobject]@{ Value = 0x02005e100000; PrefixLength = 32; Mask = 0; IsAny = $false }
        $any = [pscustomobject]@{ Value = 0; PrefixLength = 0; Mask = 0; IsAny = $true }
        $policy = [pscustomobject]@{ VlanId = 20; SourceAddress = $pattern; DestinationAddress = $any; Action = 1 } | Add-MacPolicy
        "$policy" | Should -Match '02:00:5e:10:00:00/32 -> \* '
    }

    It 'stops with an error if it has no one meaning' -ForEach @(
        @{ Value = [pscustomobject]@{ Foo = 1 } }
        @{ Value = [pscustomobject]@{ Value = 1 } }
        @{ Value = @{ Value = 1 } }
        @{ Value = [pscustomobject]@{ Value = -1; IsGroup = $false; IsLocal = $true; IsBroadcast = $false } }
        @{ Value = 'x' }
        @{ Value = '' }
        @{ Value = $null }
    ) {
        New-Everything
        foreach ($command in 'Remove-MacAllocation', 'Get-MacForwardingEntry') {
            if ($command -ne 'Remove-MacAllocation' -and -not $Value) { continue }
            Get-MacError { [pscustomobject]@{ InstanceId = 'vm-1'; VMName = 'vm-1'; VlanId = 10; MacAddress = $Value } | & $command } | Should -Not -BeNullOrEmpty
        }
        if ($Value) {
            Get-MacError { [pscustomobject]@{ InstanceId = 'vm-1'; VlanId = 10; MacAddress = $Value } | New-MacAllocation } | Should -Not -BeNullOrEmpty
            Get-MacError { [pscustomobject]@{ Handle = 'urn:x:1'; VlanId = 10; MacAddress = $Value } | Request-MacAddress } | Should -Not -BeNullOrEmpty
            Get-MacError { [pscustomobject]@{ Name = 'web-9'; VlanId = 10; MacAddress = $Value } | New-MacInterface } | Should -Not -BeNullOrEmpty
            Get-MacError { [pscustomobject]@{ VlanId = 30; Ranges = $Value } | New-MacVlan } | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'A saved object, from <_>' -ForEach ($forms + 'deep JSON') {
    BeforeEach {
        New-Everything
    }

    It 'releases its own address only' {
        $saved = ConvertTo-Saved $_ (Get-MacAllocation -InstanceId vm-1 | Select-Object -First 1)
        ($saved | Remove-MacAllocation -PassThru).MacAddress | Should -Be "$((ConvertTo-Saved CLIXML $saved)[0].StaticMacAddress -replace '(..)(?!$)', '$1:')".ToLowerInvariant()
        Get-MacAllocation -InstanceId vm-1 | Should -HaveCount 2
    }

    It 'gets its own address again' {
        $live = @(Get-MacAllocation)
        $saved = ConvertTo-Saved $_ $live
        $null = $live | Remove-MacAllocation
        Get-Told ($saved | Where-Object InstanceId -Like vm-* | New-MacAllocation) | Should -Be (Get-Told ($live | Where-Object InstanceId -Like vm-*))
    }

    It 'is the VLAN with its ranges' {
        $live = @(Get-MacVlan)
        $saved = ConvertTo-Saved $_ $live
        $null = New-TestStore
        Get-Told ($saved | New-MacVlan) | Should -Be (Get-Told $live)
    }

    It 'is the policy' {
        $live = @(Get-MacPolicy 10)
        $saved = ConvertTo-Saved $_ $live
        $live | Remove-MacPolicy
        Get-Told ($saved | Add-MacPolicy) | Should -Be (Get-Told $live)
    }

    It 'is the interface record, and one with its addresses' {
        $live = @(Get-MacInterface web-2)
        $saved = ConvertTo-Saved $_ $live
        $live | Remove-MacInterface -Force
        $null = $saved | New-MacInterface
        Get-Told (Get-MacInterface web-2) | Should -Be (Get-Told $live)
    }

    It 'is the rule' {
        $live = @(Get-MacSecurityGroupRule web)
        $saved = ConvertTo-Saved $_ $live
        $live | Remove-MacSecurityGroupRule
        $null = $saved | Add-MacSecurityGroupRule
        Get-Told (Get-MacSecurityGroupRule web) | Should -Be (Get-Told $live)
    }

    It 'is the handle' {
        $saved = ConvertTo-Saved $_ (Get-MacHandle)
        ($saved | Request-MacAddress).Outcome | Should -Be 'Existing'
        ($saved | Get-MacHandle).Handle | Should -Be (Get-MacHandle).Handle
        ($saved | Remove-MacHandle -PassThru).State | Should -Be 'Released'
    }

    It 'is the provider and the client' {
        $provider = ConvertTo-Saved $_ (Get-MacProvider)
        $client = ConvertTo-Saved $_ (Get-MacProviderClient)
        Remove-MacProvider site-a -Force
        Remove-MacProviderClient ward-7 -Force
        ($provider | New-MacProvider).BlockSize | Should -Be 256
        ($client | New-MacProviderClient).VlanId | Should -Be 10, 20
    }

    It 'changes nothing where it is fed to what changes it' {
        $revision = (Get-MacStore).Revision
        foreach ($noun in 'MacVlan', 'MacPolicy', 'MacInterface', 'MacProvider') {
            ConvertTo-Saved $_ @(& "Get-$noun") | & "Set-$noun"
        }
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'is known to every cmdlet that lists such things' {
        foreach ($noun in 'MacAllocation', 'MacVlan', 'MacPool', 'MacInterface', 'MacSecurityGroup', 'MacProvider', 'MacProviderClient', 'MacHandle') {
            $live = @(& "Get-$noun")
            Get-Told (ConvertTo-Saved $_ $live | & "Get-$noun") | Should -Be (Get-Told ($live | & "Get-$noun")) -Because $noun
        }
    }
}

Describe 'A CSV file' {
    It 'changes what is edited' {
        New-Everything
        $id = (Get-MacPolicy 10)[0].PolicyId
        [pscustomobject]@{ PolicyId = "$id"; SourceAddress = ''; Action = 'Allow'; NewOrder = '' } | Set-MacPolicy
        "$((Get-MacPolicy -PolicyId $id))" | Should -Match '00:1a:2b:00:00:00/24 -> \* Allow'
        [pscustomobject]@{ VlanId = '10'; Name = ''; ReuseDelay = '5'; DefaultAction = 'Deny'; AdmitsForeignAddresses = 'True' } | Set-MacVlan
        $vlan = Get-MacVlan 10
        "$($vlan.Name) $($vlan.ReuseDelay) $($vlan.DefaultAction) $($vlan.AdmitsForeignAddresses)" | Should -Be 'cameras 00:00:05 Deny True'
        [pscustomobject]@{ Name = 'web-1'; IPAddress = '10.0.0.21/24; fd00::21/64'; InstanceId = ''; DhcpGuard = 'False'; ArpRateLimit = '' } | Set-MacInterface
        $record = Get-MacInterface web-1
        "$($record.IPAddress) $($record.InstanceId) $($record.DhcpGuard) $($record.ArpRateLimit)" | Should -Be '10.0.0.21/24 fd00::21/64 web-1 False 15'
    }

    It 'that says nothing is told so' -ForEach @(
        @{ Row = @{ PolicyId = '1'; Verdict = 'Deny' }; Command = 'Set-MacPolicy' }
        @{ Row = @{ VlanId = '10'; Action = 'Deny'; Name = '' }; Command = 'Set-MacVlan' }
        @{ Row = @{ Name = 'web-1'; Ip = '10.0.0.1/24' }; Command = 'Set-MacInterface' }
        @{ Row = @{ Name = 'site-a' }; Command = 'Set-MacProvider' }
    ) {
        New-Everything
        (Get-MacError { [pscustomobject]$Row | & $Command }).Id | Should -Be 'NothingToChange'
    }

    It 'may leave cells empty' {
        $null = New-TestStore
        $vlan = [pscustomobject]@{ VlanId = '10'; Name = ''; Range = ''; DefaultAction = ''; ReuseDelay = ''; ArpResponder = ''; ForeignAddress = '' } | New-MacVlan
        "$($vlan.DefaultAction) $($vlan.ReuseDelay) $($vlan.ArpResponder)" | Should -Be 'Allow 00:00:00 False'
        ([pscustomobject]@{ VlanId = '10'; Source = '*'; Destination = '*'; Action = 'Deny'; Order = '' } | Add-MacPolicy).Order | Should -Be 10
        $provider = [pscustomobject]@{ Name = 'site-a'; LowWater = ''; BlockSize = '' } | New-MacProvider
        "$($provider.LowWater) $($provider.BlockSize)" | Should -Be '20 4096'
    }
}

Describe 'Every parameter' {
    BeforeDiscovery {
        . $PSScriptRoot/Support.ps1
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $script:parameters = foreach ($command in Get-Command -Module MacSegmentation) {
            foreach ($parameter in $command.Parameters.Values.Where({ $_.Name -notin $common })) {
                @{ Command = $command.Name; Name = $parameter.Name; Type = $parameter.ParameterType; Attributes = $parameter.Attributes }
            }
        }
        $script:choices = $parameters.Where({ $type = $_.Type.IsArray ? $_.Type.GetElementType() : $_.Type; ([Nullable]::GetUnderlyingType($type) ?? $type).IsEnum })
        $script:times = $parameters.Where({ $_.Type -in [timespan], [Nullable[timespan]] })
        $script:lists = $parameters.Where({ $_.Type.IsArray -and $_.Attributes.Where({ $_.GetType().BaseType.Name -eq 'ElementTransformationAttribute' }) })
    }

    It 'of <Command> -<Name> takes one name of its values' -ForEach $choices {
        $attribute = $Attributes.Where({ $_ -is [System.Management.Automation.ArgumentTransformationAttribute] })[0]
        $attribute | Should -Not -BeNullOrEmpty
        $element = $Type.IsArray ? $Type.GetElementType() : $Type
        $element = [Nullable]::GetUnderlyingType($element) ?? $element
        $names = [enum]::GetNames($element)
        $attribute.Transform($null, $names[1].ToLowerInvariant()) | Should -Be $names[1]
        if (-not $Type.IsArray) {
            { $attribute.Transform($null, "$($names[0]),$($names[1])") } | Should -Throw "*Give one of $($names[0])*"
        }
        { $attribute.Transform($null, '1') } | Should -Throw '*Give one of*'
        { $attribute.Transform($null, 4711) } | Should -Throw '*Give one of*'
    }

    It 'of <Command> -<Name> takes a number for seconds' -ForEach $times {
        $attribute = $Attributes.Where({ $_ -is [System.Management.Automation.ArgumentTransformationAttribute] })[0]
        foreach ($pair in @((5, '00:00:05'), ('3600', '01:00:00'), ('5m', '00:05:00'), ('500ms', '00:00:00.5000000'), ('00:05:00', '00:05:00'), (2.5, '00:00:02.5000000'), ([timespan]::FromDays(1), '1.00:00:00'))) {
            "$($attribute.Transform($null, $pair[0]))" | Should -Be $pair[1]
        }
        { $attribute.Transform($null, 'soon') } | Should -Throw '*is not a time*'
    }

    It 'of <Command> -<Name> splits a text with several values' -ForEach $lists {
        $Attributes.Where({ $_.GetType().BaseType.Name -eq 'ElementTransformationAttribute' })[0].IsList | Should -BeTrue
    }
}
