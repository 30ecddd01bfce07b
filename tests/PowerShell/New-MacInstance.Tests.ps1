BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacInstance' {
    BeforeEach {
        New-SessionStore
    }

    It 'gives an instance address, record and profile, and says where that comes from' {
        $instance = New-MacInstance student-1 -Session training
        "$($instance.Name) $($instance.Session) $($instance.EffectiveProfile) $($instance.ProfileSource) $($instance.VlanId) $($instance.MacAddress)" |
            Should -Be 'student-1 training branch-dsl Session 10 02:10:00:00:00:40'
        "$((Get-MacInterface student-1).Profile) $((Get-MacAllocation -InstanceId student-1).MacAddress)" | Should -Be 'branch-dsl 02:10:00:00:00:40'
        $own = New-MacInstance student-2 training -Profile satellite
        "$($own.ProfileSource) $($own.EffectiveProfile) $($own.MacAddress)" | Should -Be 'Override satellite 02:10:00:00:00:00'
        $rule = Add-MacProfileRule -MatchName 'db-*' -UseProfile datacentre
        $ruled = New-MacInstance db-1 training
        "$($ruled.ProfileSource) $($ruled.ProfileRule) $($ruled.EffectiveProfile)" | Should -Be "Rule $($rule.RuleId) datacentre"
        (New-MacInstance lonely -VlanId 20).ProfileSource | Should -Be None
    }

    It 'takes virtual machines by VMName, and names' {
        $machines = 'vm-1', 'vm-2' | ForEach-Object { [pscustomobject]@{ VMName = $_; State = 'Running'; Uptime = [timespan]'1:0' } }
        ($machines | New-MacInstance -Session training).Name | Should -Be vm-1, vm-2
        ('vm-3', 'vm-4' | New-MacInstance -Session training).VMName | Should -Be vm-3, vm-4
    }

    It 'refuses <Id> and changes nothing' -ForEach @(
        @{ Id = 'InstanceExists'; Given = @{ Name = 'THERE' } }
        @{ Id = 'InvalidInstanceName'; Given = @{ Name = 'a*' } }
        @{ Id = 'SessionNotFound'; Given = @{ Session = 'none' } }
        @{ Id = 'InstanceWithoutVlan'; Given = @{ Session = '' } }
        @{ Id = 'InstanceOutsideSession'; Given = @{ VlanId = 20 } }
        @{ Id = 'ProfileNotFound'; Given = @{ Profile = 'fibre' } }
        @{ Id = 'ProfileRangeOutsidePool'; Given = @{ Session = ''; VlanId = 20; Profile = 'branch-dsl' } }
        @{ Id = 'AddressNotInPool'; Given = @{ MacAddress = '02-20-00-00-00-01' } }
    ) {
        $null = New-MacInstance there training
        $all = @{ Name = 'a'; Session = 'training' }
        foreach ($key in $Given.Keys) { $all[$key] = $Given[$key] }
        (Get-MacError { New-MacInstance @all }).Id | Should -Be $Id
        (Get-MacInterface).Name | Should -Be there
    }

    It 'is what Hyper-V takes by splatting' {
        # As Microsoft's pages give them: Set-VMNetworkAdapter (VMName) and Set-VMNetworkAdapterVlan (VMName, access).
        function Set-VMNetworkAdapter {
            [CmdletBinding(SupportsShouldProcess)]
            param(
                [Parameter(Mandatory, Position = 0)] [string] $VMName, [string] $Name, [switch] $DynamicMacAddress, [string] $StaticMacAddress,
                [ValidateSet('On', 'Off')] [string] $MacAddressSpoofing, [ValidateSet('On', 'Off')] [string] $DhcpGuard, [ValidateSet('On', 'Off')] [string] $RouterGuard,
                [ValidateSet('On', 'Off')] [string] $IeeePriorityTag, [long] $MaximumBandwidth, [ValidateRange(0, 100)] [uint] $MinimumBandwidthWeight, [switch] $Passthru)
            $PSBoundParameters
        }

        function Set-VMNetworkAdapterVlan {
            [CmdletBinding(SupportsShouldProcess)]
            param(
                [Parameter(Position = 0)] [string[]] $VMName, [string] $VMNetworkAdapterName, [switch] $Access, [switch] $Untagged,
                [ValidateRange(1, 4094)] [int] $VlanId, [switch] $Passthru)
            $PSBoundParameters
        }

        $settings = (New-MacInstance student-1 training).VMNetworkAdapterSettings
        $bound = Set-VMNetworkAdapter @settings
        "$($bound.VMName) $($bound.StaticMacAddress) $($bound.MaximumBandwidth) $($bound.IeeePriorityTag) $($bound.MacAddressSpoofing)" | Should -Be 'student-1 021000000040 1000000 On Off'
        $bound.ContainsKey('MinimumBandwidthWeight') | Should -BeFalse
        Set-MacProfile branch-dsl -SchedulingClass Weighted
        $settings = (Get-MacInstance student-1).VMNetworkAdapterSettings
        (Set-VMNetworkAdapter @settings).MinimumBandwidthWeight | Should -Be 3
        $settings = (Get-MacInstance student-1).VMNetworkAdapterVlanSettings
        $bound = Set-VMNetworkAdapterVlan @settings
        "$($bound.VMName) $($bound.Access) $($bound.VlanId)" | Should -Be 'student-1 True 10'
    }

    It 'launches nothing with -WhatIf' {
        New-MacInstance a training -WhatIf | Should -BeNullOrEmpty
        Get-MacInstance | Should -BeNullOrEmpty
    }

    It 'takes instances back from CSV and JSON' {
        $null = New-MacInstance a training
        $null = New-MacInstance b training -Profile satellite
        $csv = Join-Path $TestDrive instances.csv
        Get-MacInstance | Export-Csv $csv
        $json = Get-MacInstance | ConvertTo-Json -Depth 5
        Get-MacInstance | Remove-MacInstance -Force
        $again = Import-Csv $csv | New-MacInstance
        "$($again.Name) $($again.EffectiveProfile) $($again.ProfileSource) $($again.MacAddress)" | Should -Be 'a b branch-dsl satellite Session Override 02:10:00:00:00:40 02:10:00:00:00:00'
        Get-MacInstance | Remove-MacInstance -Force
        ($json | ConvertFrom-Json | New-MacInstance).EffectiveProfile | Should -Be branch-dsl, satellite
    }

    It 'says what an enforcer makes for it, and what that is called' {
        $made = New-MacInstance a training -Attach veth -Enforcer lab-host
        "$($made.Attach) $($made.AttachEnforcer) $($made.AttachAdapter)" | Should -Be 'Veth lab-host ms-a'
        $long = New-MacInstance 'a machine with a name' training -Attach Tap
        $long.AttachAdapter | Should -Be "ms.$($long.InterfaceId)"
        (New-MacInstance plain training).AttachAdapter | Should -BeNullOrEmpty
        (Get-MacInterface a).Attachment.Kind | Should -Be Veth
        (Get-MacError { New-MacInstance b training -Enforcer lab-host }).Id | Should -Be EnforcerWithoutAttachment
        (Get-MacError { New-MacInstance b training -Attach Tap -Enforcer 'lab*' }).Id | Should -Be InvalidEnforcerName
        { New-MacInstance b training -Attach bridge } | Should -Throw
        Get-MacInstance b -ErrorAction Ignore | Should -BeNullOrEmpty
        $csv = Join-Path $TestDrive attached.csv
        Get-MacInstance a | Export-Csv $csv
        $null = Remove-MacInstance a -Force
        $again = Import-Csv $csv | New-MacInstance
        "$($again.Attach) $($again.AttachEnforcer)" | Should -Be 'Veth lab-host'
        $file = Join-Path $TestDrive attached.json
        Export-MacConfiguration $file
        Set-MacInstance a -Attach Tap -Enforcer *
        $null = Import-MacConfiguration $file -Confirm:$false
        "$((Get-MacInstance a).Attach) $((Get-MacInstance a).AttachEnforcer)" | Should -Be 'Veth lab-host'
    }

    It 'completes what is made, and by whom' {
        (Complete-Line 'New-MacInstance a -Attach V').CompletionText | Should -Be Veth
        (Complete-Line 'New-MacInstance a -Enforcer ').CompletionText | Should -Contain ([Environment]::MachineName)
    }

    It 'completes sessions and profiles' {
        (Complete-Line 'New-MacInstance a -Session t').CompletionText | Should -Be training
        (Complete-Line 'New-MacInstance a -Profile s').CompletionText | Should -Be satellite
    }

    It 'is in the document, and comes back from it' {
        $null = Add-MacProfileRule datacentre -MatchName 'db-*'
        $null = Add-MacProfileRule satellite -Session training -When 'Loss > 5% within 1m' -RevertAfter 5m
        $null = 'a', 'db-1' | New-MacInstance -Session training
        $null = New-MacInstance own training -Profile satellite
        $before = Get-MacInstance
        $file = Join-Path $TestDrive all.json
        Export-MacConfiguration $file
        $revision = (Get-MacStore).Revision
        $null = Import-MacConfiguration $file -Confirm:$false
        (Get-MacStore).Revision | Should -Be $revision
        Remove-MacSession training -Force
        Get-MacProfileRule | Remove-MacProfileRule
        $null = Import-MacConfiguration $file -Confirm:$false
        foreach ($property in 'Name', 'Session', 'Profile', 'EffectiveProfile', 'ProfileSource', 'MacAddress') {
            "$((Get-MacInstance).$property)" | Should -Be "$($before.$property)"
        }

        "$((Get-MacProfileRule).UseProfile) $((Get-MacProfileRule).When)" | Should -Be 'datacentre satellite  Loss > 5% within 1m'
    }
}
