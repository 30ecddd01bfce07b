BeforeDiscovery {
    $manifest = Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/../../MacSegmentation.psd1"
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    $manifestPath = Join-Path $RepositoryRoot 'MacSegmentation.psd1'
    $manifest = Import-PowerShellDataFile -LiteralPath $manifestPath
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        (Test-ModuleManifest -Path $manifestPath).Version | Should -Be $manifest.ModuleVersion
    }

    It 'has the version of its assemblies' {
        $assembly = [MacSegmentation.Lifetime.ModuleLifetime].Assembly.GetName().Version
        "$($assembly.Major).$($assembly.Minor).$($assembly.Build)" | Should -Be $manifest.ModuleVersion
    }

    It 'exports every cmdlet of its assembly, and only those' {
        $classes = [MacSegmentation.Lifetime.ModuleLifetime].Assembly.GetTypes().ForEach({
                $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) }).ForEach({ "$($_.VerbName)-$($_.NounName)" })
        $exported = (Get-Command -Module MacSegmentation).Name
        $exported | Sort-Object | Should -Be ($classes | Sort-Object)
        $manifest.CmdletsToExport | Sort-Object | Should -Be ($classes | Sort-Object)
    }

    It 'has every cmdlet in the table of its README' {
        $page = Get-Content -Raw -LiteralPath (Join-Path $RepositoryRoot 'README.md')
        $manifest.CmdletsToExport | Where-Object { $page -notmatch "\| .*``$_``.* \|" } | Should -BeNullOrEmpty
    }

    It 'takes a variable that was never set for a mistake, and not for all there is' -ForEach @(
        'Get-MacHandle', 'Get-MacHandle -InstanceId', 'Get-MacHandle -Provider', 'Get-MacProvider', 'Get-MacBlock', 'Get-MacProviderClient', 'Get-MacInterface', 'Get-MacInterface -Tag', 'Set-MacInterface x -AddTag', 'Get-MacAddressPair',
        'Get-MacSecurityGroup', 'Get-MacSecurityGroupRule', 'Get-MacPartition', 'Get-MacPartitionPolicy', 'Get-MacVlan -Name', 'Get-MacAllocation -InstanceId', 'Get-MacPolicyEnforcer', 'Get-MacForwardingEntry -Port'
    ) {
        { & ([scriptblock]::Create("$_ `$neverSet")) } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'keeps every cmdlet when it is imported again and again by force' {
        $path = Join-Path $TestDrive 'again.db'
        $lines = Invoke-Shell "
            Import-Module '$manifestPath' -Force
            Import-Module '$manifestPath' -Force
            (Get-Command -Module MacSegmentation).Count
            (Connect-MacStore '$path').Path
            (New-MacVlan 10 -Range 02-00-5E-10-00-00/32).VlanId
            Remove-Module MacSegmentation
            Import-Module '$manifestPath'
            (Connect-MacStore '$path').Revision"
        $lines | Should -Be @($manifest.CmdletsToExport.Count, $path, 10, 1)
    }

    It 'loads its packages apart from PowerShell''s own context' {
        $null = New-TestStore
        $contexts = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -in 'MacSegmentation.Storage', 'Microsoft.Data.Sqlite', 'Dapper' }).ForEach({
                [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name })
        $contexts | Should -Contain 'MacSegmentation.Storage'
        $contexts | Should -Not -Contain 'Default'
        [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'MacSegmentation.Core' }).Count | Should -Be 1
    }

    It 'has the library of SQLite for <_>, for cmdlets and for macseg' -ForEach @(
        'linux-x64', 'linux-arm64', 'linux-musl-x64', 'linux-musl-arm64', 'osx-arm64', 'win-x64', 'win-arm64'
    ) {
        $rid = $_
        $file = switch -Wildcard ($rid) { 'win-*' { 'e_sqlite3.dll' } 'osx-*' { 'libe_sqlite3.dylib' } default { 'libe_sqlite3.so' } }
        $asset = "runtimes/$rid/native/$file"
        foreach ($user in 'Dependencies/MacSegmentation.Storage', 'Host/macseg') {
            $listed = Get-Content "$(Join-Path $RepositoryRoot "bin/$user").deps.json" -Raw | ConvertFrom-Json -AsHashtable
            $listed.targets.Values.Values.runtimeTargets.Keys | Should -Contain $asset
            Join-Path $RepositoryRoot (Split-Path "bin/$user") $asset | Should -Exist
        }
    }

    It 'brings the program for Windows, wherever it was built' {
        $program = Join-Path $RepositoryRoot 'bin' 'Host' 'macseg.exe'
        $program | Should -Exist
        $bytes = [IO.File]::ReadAllBytes($program)
        [Text.Encoding]::ASCII.GetString($bytes, 0, 2) | Should -Be 'MZ'
        [Text.Encoding]::ASCII.GetString($bytes).Contains("macseg.dll`0") | Should -BeTrue -Because 'it starts the assembly beside it'
    }

    It 'stops its enforcers when it is removed' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'a capture that never ends is a named pipe, made with mkfifo'
        }

        # A pipe never ends, so the enforcer would wait for the rest of the capture for ever.
        $pipe = Join-Path $TestDrive 'frames'
        mkfifo $pipe
        $lines = Invoke-Shell "
            `$null = Connect-MacStore '$(Join-Path $TestDrive 'held.db')'
            `$writer = [System.IO.FileStream]::new('$pipe', 'Open', 'ReadWrite')
            `$writer.Write([IO.File]::ReadAllBytes('$ExampleCapture'), 0, 1000)
            `$writer.Flush()
            `$job = Start-MacPolicyEnforcer -Path '$pipe' -Destination '$(Join-Path $TestDrive 'held.pcap')'
            `$job.State
            Remove-Module MacSegmentation
            `$job.State -in 'Stopping', 'Stopped'"
        $lines | Should -Be 'Running', 'True'
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name
    }

    It 'has an approved verb' {
        $command.Verb | Should -BeIn (Get-Verb).Verb
    }

    It 'declares what it returns' {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'asks before it changes anything' {
        if ($command.Verb -in 'New', 'Add', 'Set', 'Remove', 'Start', 'Stop', 'Import', 'Request', 'Grant', 'Revoke') {
            $command.Parameters.Keys | Should -Contain 'WhatIf'
        }
    }

    It 'offers values by completion, and files only where one is named' {
        $places = 'Path', 'Store', 'Program', 'Destination', 'DeniedPath', 'DifferencePath', 'ReferencePath', 'DestinationPath', 'LocalPath', 'Certificate', 'CertificateKey', 'ClientAuthority', 'Trace', 'IngressTrace', 'EgressTrace', 'Scenario', 'FromCapture'
        Push-Location $RepositoryRoot
        foreach ($parameter in $command.Parameters.Values.Where({ -not $_.SwitchParameter -and $_.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters })) {
            if ($parameter.Name -in $places -and $parameter.ParameterType -in [string], [string[]]) {
                continue
            }
            $offered = @(Complete-Line "$Name -$($parameter.Name) ")
            $offered.ResultType | Should -Not -Contain ProviderItem -Because $parameter.Name
            $offered.ResultType | Should -Not -Contain ProviderContainer -Because $parameter.Name
            $type = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : ([Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType)
            if ($type.IsEnum) {
                $offered.CompletionText | Sort-Object | Should -Be ([enum]::GetNames($type) | Sort-Object) -Because $parameter.Name
            }
        }
        Pop-Location
    }

    It 'gives its numbers and names of things by completion' {
        $things = 'VlanId', 'InstanceId', 'PolicyId', 'SecurityGroup', 'Group', 'RemoteGroup', 'RuleId', 'RemoteAddress', 'Protocol', 'Handle', 'Provider', 'BlockId', 'Tag', 'AddTag', 'RemoveTag', 'NotTag', 'Partition', 'Peer'
        if ($command.Noun -in 'MacInterface', 'MacSecurityGroup', 'MacPartition', 'MacProvider', 'MacProviderClient') {
            $things += 'Name'
        }
        if ($command.Noun -in 'MacAddressPair', 'MacSecurityGroupMember') {
            $things += 'Interface', 'IPAddress', 'MacAddress'
        }
        foreach ($parameter in $command.Parameters.Values.Where({ $_.Name -in $things -and $command.Verb -notin 'New' })) {
            $parameter.Attributes.Where({ $_ -is [System.Management.Automation.ArgumentCompleterAttribute] }) | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
    }
}

Describe 'The table views' {
    BeforeAll {
        $null = New-TestStore
        $null = New-MacVlan 10 -Range 02-00-00-00-00-00/8 -Name ('n' * 64) -ReuseDelay 3650.00:00:00
        $null = New-MacVlan 11 -Range 00-1A-2B-00-00-00/28, 00-1A-2C-00-00-00/28, 00-1A-2E-00-00-00/28
        $null = New-MacAllocation 10 ('i' * 256)
        $null = Add-MacPolicy 10 00:1a:2b:00:00:00/24 00:1a:2b:00:00:00/24 Deny -Order ([int]::MaxValue)
        $null = New-MacInterface ('w' * 64) 10 192.168.100.101/24, fd00:1234:5678:9abc:def0:1234:5678:9abc/64 -InstanceId ('i' * 256)
        $null = Add-MacAddressPair ('w' * 64) 192.168.100.102, fd00:1234:5678:9abc:def0:1234:5678:9abd -MacAddress 02:ff:ff:ff:ff:ff
        $null = New-MacSecurityGroup ('g' * 64) ('d' * 256)
        $null = Add-MacSecurityGroupRule ('g' * 64) Inbound Tcp -Port 1, 3, 5, 7, 60000-65535 -RemoteAddress fd00:1234:5678:9abc:def0:1234:5678:9abd
        $null = Add-MacSecurityGroupRule ('g' * 64) Outbound 255 -RemoteGroup ('g' * 64)
        Add-MacSecurityGroupMember ('g' * 64) ('w' * 64)
        $null = Set-MacInterface ('w' * 64) -Tag ('t' * 500), @{ tier = 'x' * 500 }
        $null = New-MacPartition ('p' * 64) -Tag ('t' * 500), @{ tier = 'x' * 500 } -NotTag ('n' * 500) -Id 65535 -Priority 65535 -Staged -WarningAction Ignore
        $null = New-MacPartition ('q' * 64) -Tag ('t' * 500) -Id 65534 -Priority 65535
        $null = New-MacInterface ('v' * 64) 10 -Tag ('t' * 500)
        $null = Add-MacPartitionPolicy ('p' * 64) ('q' * 64) Redirect -To ('o' * 64) -Direction Outbound -EtherType 0x86dd -Protocol IcmpV6
        $null = Add-MacPartitionPolicy ('q' * 64) * Redirect -To ('o' * 64) -Protocol Tcp -Port 1, 3, 5, 7, 60000-65535
        $null = Add-MacPartitionPolicy ('q' * 64) * Redirect -To ('r' * 64) -Protocol Tcp -Port 1, 3, 5, 8, 60000-65535 -WarningAction Ignore
        $assignment = Request-MacAddress "urn:x:$('h' * 500)" 10 -InstanceId ('i' * 256)
        $null = New-MacProvider ('p' * 64) -LowWater 100 -BlockSize 16777216 | Grant-MacBlock -VlanId 10 -Count 16777216
        $client = New-MacProviderClient ('c' * 64) (10, 11)
        $job = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination (Join-Path $TestDrive 'out.pcap') -NativeVlan 10 -UnknownVlan Deny
        $events = @($job | Wait-Job | Receive-Job)
        $samples = @(
            Get-MacStore
            (Get-MacVlan), (Get-MacPool), (Get-MacAllocation), (Get-MacPolicy), (Get-MacAuditEvent), (Get-MacPolicyEnforcer), $events[0], $events[-1].PolicyHits, $events[-1].Directions
            Test-MacPolicy 10 00:1a:2b:00:00:00 00:1a:2b:ff:ff:ff
            (Get-MacInterface), (Get-MacAddressPair), (Get-MacSecurityGroup), (Get-MacSecurityGroupRule)
            (Get-MacPartition), (Get-MacPartitionPolicy), (Get-MacPartition -Usage), (Resolve-MacPolicy ('w' * 64) ('v' * 64)), (Find-MacPolicyConflict)
            $assignment, (Get-MacHandle), (Get-MacProvider), (Get-MacBlock), $client, (Get-MacProviderClient)
        )
    }

    AfterAll {
        $job | Remove-Job
    }

    It 'fit 80 columns, whatever is in them' {
        foreach ($sample in $samples) {
            $type = @($sample)[0].GetType().FullName
            $lines = ($sample | Format-Table | Out-String -Width 200) -split "`n" | ForEach-Object TrimEnd | Where-Object { $_ }
            # A column without a width takes what is left: on a wider screen it shows more, on 80 columns it is cut.
            $narrow = ($sample | Format-Table | Out-String -Width 80) -split "`n" | ForEach-Object TrimEnd | Where-Object { $_ }
            ($narrow | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80 -Because $type
            $columns = ($lines[1] -split ' +').Where({ $_ }).Count
            ($narrow[1] -split ' +').Where({ $_ }).Count | Should -Be $columns -Because "no column of $type is left out"
            $narrow[1] | Should -Match '^[ -]+$' -Because "the header of $type takes one line"
        }
    }

    It 'exist for every type that a cmdlet returns' {
        foreach ($type in (Get-Command -Module MacSegmentation).OutputType.Type.Where({ $_ -notin [void], [string], [System.IO.FileInfo] -and $_.Name -notlike '*Job' }) | Select-Object -Unique) {
            Get-FormatData -TypeName $type.FullName | Should -Not -BeNullOrEmpty -Because $type.FullName
        }
    }

    It 'leave it to Format-List to show every property' {
        $list = Get-MacAllocation | Format-List | Out-String -Width 400
        foreach ($property in 'MacAddress', 'VlanId', 'InstanceId', 'AllocatedAt', 'VMName', 'StaticMacAddress') {
            $list | Should -Match "(?m)^$property +:"
        }
    }
}
