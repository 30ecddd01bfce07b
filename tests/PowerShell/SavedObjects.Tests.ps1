# What any cmdlet has written is given to every cmdlet that takes it, as the object itself and as it comes back from each form in which
# objects are saved. A saved object does what the object does, or nothing at all: what it may never do is something else.

BeforeAll {
    . $PSScriptRoot/Support.ps1

    # The stores of all pairs are copies of this one.
    $base = Join-Path $TestDrive 'base.db'
    $null = Connect-MacStore $base
    $null = New-MacVlan 10 -RangeStart 00:1A:2B:3C:40:00 -RangeEnd 00:1A:2B:3C:4F:FF -Name cameras
    $null = New-MacVlan 20 -Range 02-00-5E-10-00-00/32 -Name plc -ReuseDelay 90
    $null = New-MacAllocation 10 vm-1, vm-1, vm-2
    $null = New-MacAllocation 20 vm-1
    $null = Add-MacPolicy 10 00:1a:2b:00:00:00/24 * Deny
    $null = Add-MacPolicy 10 * 01:00:5e:00:00:00/25 Drop
    $null = New-MacProfile lab-lte -From lte -BurstLoss 1%,10% -Priority 3 -EgressLatency 40ms -Jitter 1ms -Distribution Normal -AllowEcn $false
    $null = New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64 -PermittedEtherType 0x8847 -Tag prod, 42, '42', @{ tier = 'web' } -Profile lab-lte
    $null = New-MacInterface web-2 10 10.0.0.12/24
    $null = New-MacSession training 10
    $null = New-MacInstance student-1 training -Profile lab-lte
    $null = Add-MacAddressPair web-1 10.0.0.100 00-00-5e-00-01-07
    $null = New-MacSecurityGroup web
    $null = New-MacSecurityGroup db
    $null = Add-MacSecurityGroupRule web Inbound Tcp -Port 80, 8000-8080 -RemoteAddress 10.0.0.0/8
    $null = Add-MacSecurityGroupRule web Outbound Udp -Port 53 -RemoteGroup db
    $null = Add-MacSecurityGroupMember web web-1
    $null = New-MacPartition shop -Tag prod, @{ tier = 'web' } -NotTag 7 -Priority 5
    $null = New-MacPartition rest -NotTag prod
    $null = Add-MacPartitionPolicy shop rest Allow -Direction Outbound -Protocol Tcp -Port 80, 8000-8080
    $null = Add-MacPartitionPolicy rest vlan:20 Redirect -To ids -EtherType 0x88cc
    $null = New-MacProvider site-a -BlockSize 256
    $null = Grant-MacBlock site-a 20 -Count 16
    $null = Request-MacAddress urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 20 -InstanceId plc-1
    $token = New-MacProviderClient ward-7 10, 20

    $other = Join-Path $TestDrive 'other.db'
    $null = Copy-MacStore $other
    $objects = [ordered]@{
        MacAllocation          = Get-MacAllocation -InstanceId vm-2
        MacVlan                = Get-MacVlan 20
        MacPool                = Get-MacPool 10
        MacPolicy              = Get-MacPolicy 10 | Select-Object -First 1
        MacPolicyTest          = Test-MacPolicy 10 00:1a:2b:00:00:01 01:00:5e:00:00:01
        MacInterface           = Get-MacInterface web-1
        MacAddressPair         = Get-MacAddressPair web-1
        MacSecurityGroup       = Get-MacSecurityGroup web
        MacSecurityGroupRule   = Get-MacSecurityGroupRule web | Select-Object -First 1
        MacPartition           = Get-MacPartition shop
        MacPartitionPolicy     = Get-MacPartitionPolicy rest
        MacPartitionUsage      = Get-MacPartition -Usage
        MacResolvedPolicy      = Resolve-MacPolicy web-1 web-2 | Select-Object -First 1
        MacFrameTest           = Test-MacFrame -From web-1 -DestinationAddress (Get-MacInterface web-2).MacAddress
        MacProfile             = Get-MacProfile lab-lte
        MacNicMetric           = Get-MacNicMetric student-1 | Select-Object -Last 1
        MacProvider            = Get-MacProvider site-a
        MacProviderClient      = Get-MacProviderClient ward-7
        MacProviderClientToken = $token
        MacBlock               = Get-MacBlock site-a
        MacHandle              = Get-MacHandle urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
        MacAssignment          = Request-MacAddress urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 20
        MacAuditEvent          = Get-MacAuditEvent | Where-Object Action -EQ AllocateAddress | Select-Object -First 1
        MacStoreCollision      = Compare-MacStore $other | Select-Object -First 1
        MacStoreConnection     = Get-MacStore
    }
    Disconnect-MacStore

    # What a cmdlet needs beside the object, where the object is not all.
    $arguments = @{
        'Add-MacAddressPair'            = @{ IPAddress = '10.0.0.77' }
        'Add-MacSecurityGroupMember'    = @{ Group = 'db' }
        'Get-MacBlock'                  = @{}
        'Grant-MacBlock'                = @{ Count = 4 }
        'Measure-MacProfile'            = @{ Duration = '100ms'; Seed = 1 }
        'Remove-MacSecurityGroupMember' = @{ Group = 'web' }
        'Set-MacInterface'              = @{ NewName = 'other' }
    }

    # All that takes something from a pipeline, but what starts, stops, opens or writes files.
    $commands = Get-Command -Module MacSegmentation | Where-Object {
        $_.Verb -notin 'Start', 'Stop', 'Connect', 'Export', 'Import' -and
        $_.Parameters.Values.Attributes.Where({ $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) })
    }

    $forms = [ordered]@{
        JSON        = { ConvertTo-Json $args[0] -WarningAction Ignore | ConvertFrom-Json }
        'deep JSON' = { ConvertTo-Json $args[0] -Depth 9 | ConvertFrom-Json }
        CSV         = { $args[0] | ConvertTo-Csv | ConvertFrom-Csv }
        CLIXML      = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0], 2)) }
        'a job'     = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0], 1)) }
    }

    # At full depth JSON has of an IPv6 address all but its octets: that is refused, and no address made up.
    $lost = 'MacInterface as deep JSON to New-MacInterface', 'MacInterface as deep JSON to Get-MacAddressOwner', 'MacInterface as deep JSON to New-MacInstance'

    # A shell without anybody who could answer: a question is an error there.
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
    $null = $shell.AddCommand('Import-Module').AddArgument((Join-Path $RepositoryRoot 'MacSegmentation.psd1')).Invoke()

    function Invoke-Quietly {
        param([scriptblock] $Script, [object[]] $Argument)

        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        $null = $shell.AddScript("$Script", $false)
        foreach ($one in $Argument) {
            $null = $shell.AddArgument($one)
        }
        $shell.Invoke()
    }

    # Connected to a copy of the store, once for all that changes nothing.
    $null = Invoke-Quietly {
        param($base, $store)
        $ErrorActionPreference = 'Stop'
        $untouched = $false
        $volatile = 'AllocatedAt', 'AssignedAt', 'CreatedAt', 'IssuedAt', 'EndedAt', 'GrantedAt', 'LastSeen', 'HeldDownUntil', 'Token', 'TokenDigest', 'Handle', 'Time', 'Revision', 'AuditId',
            'Bandwidth', 'LatencyP50', 'LatencyP99', 'Jitter', 'Baseline'
        # That an object is not what a cmdlet takes is said in several ways.
        $refused = 'ParameterArgumentTransformationError', 'InputObjectNotBound', 'InputObjectMissingMandatory', 'AmbiguousParameterSet', 'MissingMandatoryParameter', 'ParameterArgumentTransformationErrorNullNotAllowed', 'ParameterArgumentValidationErrorNullNotAllowed', 'InstanceWithoutVlan'

        # What a cmdlet makes of an object: its error or what it wrote, and what the store says was done.
        function Get-Outcome($command, $object, $extra) {
            if (-not $script:untouched) {
                Disconnect-MacStore -ErrorAction Ignore
                Copy-Item -LiteralPath $base $store -Force
                $null = Connect-MacStore $store
                $script:revision = (Get-MacStore).Revision
                $script:untouched = $true
            }
            try {
                $texts = foreach ($one in @($object | & $command @extra -ErrorAction Stop -WarningAction Ignore)) {
                    foreach ($property in $one.psobject.Properties) {
                        if ($property.Name -notin $volatile) { "$($property.Name)=$($property.Value)" }
                    }
                }
                $text = "wrote $($texts -join '; ')"
            }
            catch {
                $id = $_.FullyQualifiedErrorId -replace ',.*'
                $text = if ($id -in $refused) { 'refused' } else { "error $id" }
            }
            if ((Get-MacStore).Revision -ne $script:revision) {
                $script:untouched = $false
                $text += '; did ' + (@(Get-MacAuditEvent | Where-Object Revision -GT $script:revision | ForEach-Object { "$($_.Action) $($_.VlanId) $($_.Subject) $($_.Detail)" }) -join ', ')
            }
            $text
        }
    } $base, (Join-Path $TestDrive 'pair.db')
}

AfterAll {
    if ($shell) {
        $shell.Dispose()
    }
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'What any cmdlet wrote' {
    It 'means to every cmdlet, saved in any form, what it means itself' {
        $did = 0
        $different = foreach ($type in $objects.Keys) {
            $saved = [ordered]@{}
            foreach ($form in $forms.Keys) {
                $saved[$form] = & $forms[$form] $objects[$type]
            }
            foreach ($command in $commands) {
                $extra = $arguments[$command.Name] ?? @{}
                if ($command.Parameters.ContainsKey('Confirm')) {
                    $extra = $extra + @{ Confirm = $false }
                }
                $live, $others = Invoke-Quietly {
                    param($command, $objects, $extra)
                    foreach ($object in $objects) { Get-Outcome $command $object $extra }
                } $command.Name, (@($objects[$type]) + $saved.Values), $extra
                if ($shell.HadErrors -and @($others).Count -lt $forms.Count) {
                    throw $shell.Streams.Error[0]
                }
                foreach ($number in 0..($forms.Count - 1)) {
                    $form = @($forms.Keys)[$number]
                    if ($others[$number] -ceq $live) {
                        $did += $live.StartsWith('wrote')
                    }
                    elseif ("$type as $form to $($command.Name)" -notin $lost) {
                        "$type as $form to $($command.Name): $($others[$number])`n    instead of: $live"
                    }
                }
            }
        }
        ($different -join "`n") | Should -BeNullOrEmpty
        $did | Should -BeGreaterThan 500
    }
}
