# What may be millions is written while it is read: page by page, none of it kept.

BeforeDiscovery {
    $lists = @(
        @{ Line = 'Get-MacAllocation'; Name = 'InstanceId'; Last = 'vm-200'; Remove = { Remove-MacAllocation -InstanceId vm-200 -Confirm:$false } }
        @{ Line = 'Get-MacAllocation 10'; Name = 'InstanceId'; Last = 'vm-200'; Remove = { Remove-MacAllocation -InstanceId vm-200 -Confirm:$false } }
        @{ Line = 'Get-MacAllocation -InstanceId vm-*'; Name = 'InstanceId'; Last = 'vm-200'; Remove = { Remove-MacAllocation -InstanceId vm-200 -Confirm:$false } }
        @{ Line = 'Get-MacInterface'; Name = 'Name'; Last = 'web-99'; Remove = { Remove-MacInterface web-99 -Force } }
        @{ Line = 'Get-MacInterface -VlanId 20'; Name = 'Name'; Last = 'web-99'; Remove = { Remove-MacInterface web-99 -Force } }
        @{ Line = 'Get-MacPolicy'; Name = 'SourceAddress'; Last = '02:aa:00:00:00:c8'; Remove = { Get-MacPolicy 10 | Select-Object -Last 1 | Remove-MacPolicy -Confirm:$false } }
        @{ Line = 'Get-MacHandle'; Name = 'Handle'; Last = 'urn:x:99'; Remove = { Revoke-MacHandle urn:x:99 -RestTime 0 -Force; Invoke-Sqlite $connection "DELETE FROM handle WHERE handle = 'urn:x:99'" } }
    )
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    $null = New-TestStore
    $null = New-MacVlan 10 -Range 02-00-5E-10-00-00/32
    $null = New-MacVlan 20 -Range 02-00-5E-20-00-00/32
    $null = New-MacVlan 30 -Range 02-00-5E-30-00-00/32
    $null = 1..200 | ForEach-Object { "vm-$_" } | New-MacAllocation -VlanId 10
    $null = 1..200 | ForEach-Object { [pscustomobject]@{ Name = "web-$_"; VlanId = 20 } } | New-MacInterface
    $null = 1..200 | ForEach-Object { [pscustomobject]@{ VlanId = 10; SourceAddress = '02-AA-00-00-00-{0:X2}' -f $_; DestinationAddress = '*'; Action = 'Deny' } } | Add-MacPolicy
    $null = 1..200 | ForEach-Object { [pscustomobject]@{ Handle = "urn:x:$_"; VlanId = 30 } } | Request-MacAddress
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'The list of <Line>' -ForEach $lists {
    It 'is written while it is read: what goes after the first object is not in it' {
        $connection = Open-Sqlite (Get-MacStore).Path
        $isFirst = $true
        $seen = & ([scriptblock]::Create($Line)) | ForEach-Object {
            if ($isFirst) {
                $isFirst = $false
                $null = & $Remove
            }
            "$($_.$Name)"
        }
        $connection.Dispose()
        $seen.Count | Should -BeGreaterThan 150
        $seen | Should -Not -Contain $Last
        @($seen | Select-Object -Unique).Count | Should -Be $seen.Count -Because 'nothing comes twice'
    }
}

Describe 'The history' {
    It 'is written while it is read, with what comes to it meanwhile' {
        $isFirst = $true
        $seen = Get-MacAuditEvent | ForEach-Object {
            if ($isFirst) {
                $isFirst = $false
                Set-MacVlan 10 -Name late
            }
            $_
        }
        $seen[-1].Detail | Should -Match 'late'
        $seen.AuditId | Should -Be @($seen.AuditId | Sort-Object)
        (Get-MacAuditEvent -Newest 3).AuditId | Should -Be $seen[-3..-1].AuditId
    }
}

Describe 'Test-MacPolicy' {
    It 'reads and compiles the policies once for a revision, and anew after a change' {
        $cache = [MacSegmentation.Lifetime.ModuleLifetime].Assembly.GetType('MacSegmentation.Policies.DecisionTableCache')
        $null = Test-MacPolicy 10 02:aa:00:00:00:01 02:00:5e:10:00:01
        $store = [MacSegmentation.Lifetime.ModuleLifetime].Assembly.GetType('MacSegmentation.Stores.SessionStores').GetMethod('Find').Invoke($null, @([runspace]::DefaultRunspace)).Store
        $table = { $cache.GetMethod('Get').Invoke($cache.GetMethod('Of').Invoke($null, @($store)), @($store, [MacSegmentation.Verdicts.PolicyAction]::Allow)) }
        $first = & $table
        $first | Should -Not -BeNullOrEmpty
        (Test-MacPolicy 10 02:aa:00:00:00:01 02:00:5e:10:00:01).Action | Should -Be Deny
        [object]::ReferenceEquals($first, (& $table)) | Should -BeTrue

        Get-MacPolicy 10 | Select-Object -First 1 | Remove-MacPolicy -Confirm:$false
        (Test-MacPolicy 10 02:aa:00:00:00:01 02:00:5e:10:00:01).Action | Should -Be Allow
        [object]::ReferenceEquals($first, (& $table)) | Should -BeFalse
    }

    It 'answers for unknown VLANs as it is asked to, whatever was asked before' {
        (Test-MacPolicy 4000 02:aa:00:00:00:01 02:00:5e:10:00:01).Action | Should -Be Allow
        (Test-MacPolicy 4000 02:aa:00:00:00:01 02:00:5e:10:00:01 -UnknownVlan Deny).Action | Should -Be Deny
        (Test-MacPolicy 4000 02:aa:00:00:00:01 02:00:5e:10:00:01).Action | Should -Be Allow
    }
}
