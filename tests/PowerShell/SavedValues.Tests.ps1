BeforeDiscovery {
    $forms = @(
        @{ Form = 'JSON'; Save = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Form = 'JSON at full depth'; Save = { $_ | ConvertTo-Json -Depth 9 | ConvertFrom-Json } }
        @{ Form = 'CSV'; Save = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Form = 'CLIXML'; Save = { $_ | Export-Clixml "$TestDrive/saved.xml"; Import-Clixml "$TestDrive/saved.xml" } }
    )
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'What was saved as <Form>' -ForEach $forms {
    BeforeEach {
        New-ExampleStore
    }

    It 'makes a VLAN with the same ranges' {
        $saved = New-MacVlan 30 -Range 06-00-00-00-00-00/47, 06-00-00-00-01-00-06-00-00-00-01-FF -Name 'x' -ReuseDelay 90 -DefaultAction Deny | ForEach-Object $Save
        $ranges = "$((Get-MacVlan 30).Ranges)"
        Remove-MacVlan 30 -Force -Confirm:$false
        $made = $saved | New-MacVlan
        "$($made.Ranges) $($made.Name) $($made.ReuseDelay) $($made.DefaultAction)" | Should -Be "$ranges x 00:01:30 Deny"
    }

    It 'makes the same policies' {
        $null = Add-MacPolicy 10 00:1a:2b:00:00:00/24 * Deny
        $null = Add-MacPolicy 10 00:1a:2b:3c:40:01 Multicast Allow
        $null = Add-MacPolicy 10 * 01:00:5e:00:00:00/ff:ff:ff:80:00:00 Drop
        $null = Add-MacPolicy 10 Unicast Broadcast Allow
        $made = Get-MacPolicy 10 | ForEach-Object $Save | Add-MacPolicy -VlanId 20
        $made.ForEach({ "$($_.SourceAddress) $($_.DestinationAddress) $($_.Action) $($_.Order)" }) |
            Should -Be (Get-MacPolicy 10).ForEach({ "$($_.SourceAddress) $($_.DestinationAddress) $($_.Action) $($_.Order)" })
    }

    It 'makes the same rules' {
        $null = New-MacSecurityGroup web
        $null = New-MacSecurityGroup db
        $null = Add-MacSecurityGroupRule web -Direction Inbound -Protocol Tcp -Port 80, 8000-8100 -RemoteAddress 10.0.0.0/8
        $null = Add-MacSecurityGroupRule web -Direction Outbound -Protocol 47
        $null = Add-MacSecurityGroupRule web -Direction Outbound -Protocol Udp -Port 53 -RemoteGroup db
        $made = Get-MacSecurityGroupRule web | ForEach-Object $Save | Add-MacSecurityGroupRule -Group db
        $made.ForEach({ "$_" -replace '^.*?: ' }) | Sort-Object | Should -Be ((Get-MacSecurityGroupRule web).ForEach({ "$_" -replace '^.*?: ' }) | Sort-Object)
    }

    It 'makes the same interface record' {
        $before = New-MacInterface web-1 10 -IPAddress 10.0.0.11/24, 10.0.1.11/24 -MacAddress 00:1a:2b:3c:40:77 -InstanceId vm-1 -DhcpGuard $false -ArpRateLimit 7 -PermittedEtherType 0x8847, Llc
        $saved = $before | ForEach-Object $Save
        Remove-MacInterface web-1 -Confirm:$false
        $made = $saved | New-MacInterface
        $text = { param($record) "$($record.Name) $($record.VlanId) $($record.MacAddress) $($record.IPAddress) $($record.InstanceId) $($record.DhcpGuard) $($record.ArpRateLimit) $($record.PermittedEtherType)" }
        & $text $made | Should -Be (& $text $before)
    }

    It 'makes the same tags' {
        $before = New-MacInterface web-1 10 -Tag prod, 42, '42', 'a, b', '{"a":1}', @{ tier = 'web'; at = @{ floor = 2 } }, (, @('x', 1))
        $saved = $before | ForEach-Object $Save
        Remove-MacInterface web-1 -Confirm:$false
        ($saved | New-MacInterface).Tag.Json | Should -BeExactly $before.Tag.Json
        ($saved | Set-MacInterface -RemoveTag none -PassThru).Tag.Json | Should -BeExactly $before.Tag.Json
    }

    It 'makes the same partition and policies' {
        $null = New-MacPartition db -Tag db -WarningAction Ignore
        $before = New-MacPartition web -Tag 42, '42', @{ tier = 'web' } -NotTag canary -Match Any -Priority 7 -Id 9 -Staged -WarningAction Ignore
        $null = Add-MacPartitionPolicy web db Allow -Direction Outbound -Protocol Tcp -Port 80, 8000-8100
        $null = Add-MacPartitionPolicy web vlan:20 Redirect -To ids -EtherType 0x88cc -Staged
        $null = Add-MacPartitionPolicy web * Deny
        $policies = Get-MacPartitionPolicy web
        $savedPolicies = $policies | ForEach-Object $Save
        $saved = $before | ForEach-Object $Save
        Remove-MacPartition web -Confirm:$false
        "$($saved | New-MacPartition -Force -WarningAction Ignore)" | Should -BeExactly "$before"
        ($savedPolicies | Add-MacPartitionPolicy).ForEach({ "$($_.Order) $_" }) | Should -BeExactly $policies.ForEach({ "$($_.Order) $_" })
    }

    It 'makes the same profile' {
        $null = New-MacVlan 30 -Range 06-10-00-00-00-00/32
        $before = New-MacProfile x -From satellite-leo -LossRate 0 -BurstLoss 1%,10% -EgressBandwidth 1mbit -Priority 3 -Dscp 46 -AddressRange 06-10-00-00-00-00/40 -AllowEcn $false -Reorder -QueueManagement CoDel -SchedulingClass Strict
        $saved = $before | ForEach-Object $Save -WarningAction Ignore
        Remove-MacProfile x
        $saved | New-MacProfile | Should -Be $before
        $saved | Set-MacProfile -PassThru | Should -Be $before
    }

    It 'gives the same address to the same instance' {
        $before = New-MacAllocation 10 vm-1 -MacAddress 00:1a:2b:3c:40:42
        $saved = $before | ForEach-Object $Save
        Remove-MacAllocation 00:1a:2b:3c:40:42
        "$(($saved | New-MacAllocation).MacAddress)" | Should -Be '00:1a:2b:3c:40:42'
        "$(($saved | Get-MacAllocation).MacAddress)" | Should -Be '00:1a:2b:3c:40:42'
    }

    It 'adds the same address pair' {
        $null = New-MacInterface web-1 10 -IPAddress 10.0.0.11/24
        $null = New-MacInterface web-2 10 -IPAddress 10.0.0.12/24
        $saved = Add-MacAddressPair web-1 10.0.0.100 00:00:5e:00:01:0a | ForEach-Object $Save
        Remove-MacAddressPair web-1 10.0.0.100 -Confirm:$false
        $made = $saved | Add-MacAddressPair
        "$($made.InterfaceName) $($made.IPAddress) $($made.MacAddress)" | Should -Be 'web-1 10.0.0.100 00:00:5e:00:01:0a'
    }
}

Describe 'A list of an output' {
    It 'shows as its values where only its text is asked for, as Export-Csv does' {
        $types = (Get-Command -Module MacSegmentation).OutputType.Type | Where-Object { $_ -and $_.Assembly.GetName().Name -like 'MacSegmentation*' } | Sort-Object FullName -Unique
        $lists = foreach ($property in $types.ForEach({ $_.GetProperties() })) {
            if ($property.CanWrite -and $property.PropertyType.IsGenericType -and $property.PropertyType.GetGenericTypeDefinition() -eq [System.Collections.Generic.IReadOnlyList`1]) {
                $owner = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($property.DeclaringType)
                $property.SetValue($owner, [Array]::CreateInstance($property.PropertyType.GenericTypeArguments[0], 2))
                $text = $property.PropertyType.GetMethod('ToString') ?? [object].GetMethod('ToString')
                $text.Invoke($property.GetValue($owner), @()) | Should -Not -Match '`|\[\]' -Because "$($property.DeclaringType.Name).$($property.Name)"
                $property.Name
            }
        }
        $lists.Count | Should -BeGreaterThan 10
    }
}
