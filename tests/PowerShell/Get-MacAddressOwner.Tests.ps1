BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
    $obstacle = Get-LabObstacle
    if (-not $obstacle) {
        $lab = New-Lab
    }
}

AfterAll {
    if ($lab) {
        Remove-Lab $lab
    }
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacAddressOwner' {
    It 'shows who holds a shared address now, since when, and who did before' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            foreach ($name in 'one', 'two') { $null = Add-MacAddressPair $name 10.99.0.100 }
            $null = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p2'; MacInterface = 'two' } -DisableOffload -Name bridge -WarningAction SilentlyContinue
            function Show($Owner) { "$($Owner.VlanId) $($Owner.IPAddress) $($Owner.Interface)/$($Owner.Port) by $($Owner.DetectedBy) before $($Owner.PreviousInterface)/$($Owner.PreviousPort) $($Owner.Changes) of $($Owner.Candidate) at $($Owner.Enforcer)" }
            Show (Get-MacAddressOwner 10.99.0.100)
            foreach ($name in 'one', 'two') {
                $null = Invoke-Host $name ip, address, add, 10.99.0.100/32, dev, eth0
                $other = $name -eq 'one' ? '10.99.0.2' : '10.99.0.1'
                Wait-Until { $null = Invoke-Host $name ping, -c, 1, -W, 1, -I, 10.99.0.100, $other; (Get-MacAddressOwner 10.99.0.100).Interface -eq $name }
                $null = Invoke-Host $name ip, address, delete, 10.99.0.100/32, dev, eth0
            }
            $owner = Get-MacAddressOwner 10.99.0.100
            (Show $owner) -replace 'by \w+ ', ''
            "$($owner.MacAddress -eq (Get-MacInterface two).MacAddress) $($owner.Since -gt $owner.PreviousSince) $(([DateTimeOffset]::Now - $owner.Since).TotalSeconds -lt 60)"
            "all $((Get-MacAddressOwner).IPAddress) $(@(Get-MacAddressOwner -VlanId 20).Count)"
            "pairs $((Get-MacAddressPair | Get-MacAddressOwner).Interface)"
            "table $((Get-MacAddressOwner | Out-String -Width 120) -match '10 10.99.0.100 +[0-9a-f:]{17} two +p2 +one')"
'@
        $lines | Should -Be '10 10.99.0.100 / by  before / 0 of one two at bridge', '10 10.99.0.100 two/p2 before one/p1 1 of one two at bridge', 'True True True',
            'all 10.99.0.100 0', 'pairs two two', 'table True'
    }

    It 'answers for fixed addresses from the records' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            $null = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' }, @{ Adapter = 'p3'; Uplink = $true } -DisableOffload -Name bridge -WarningAction SilentlyContinue
            $one, $two = (Get-MacInterface one, two).MacAddress
            function Show($Owner) { "$($Owner.IPAddress) $($Owner.MacAddress -in $one, $two) $($Owner.Interface)/$($Owner.Port) by $($Owner.DetectedBy) of $($Owner.Candidate)" }
            Show (Get-MacAddressOwner 10.99.0.1)
            Show (Get-MacAddressOwner -Address "$one".ToUpper().Replace(':', '-'))
            "several $((Get-MacAddressOwner 10.99.0.2, $one, ([ipaddress] '10.99.0.1')).Interface)"
            "pipeline $(('10.99.0.1/24', '10.99.0.2' | Get-MacAddressOwner).Interface)"
            "records $((Get-MacInterface | Get-MacAddressOwner).Interface)"
            "entries $((Get-MacForwardingEntry -Port p1 | Get-MacAddressOwner).Interface)"
            "none $(@(Get-MacAddressOwner).Count)"
            foreach ($wrong in '10.99.0.77', '02:00:00:00:00:77', '10.99.0', '*') {
                $found = Get-MacAddressOwner $wrong, 10.99.0.1 -ErrorAction SilentlyContinue -ErrorVariable failure
                "$($failure[0].FullyQualifiedErrorId -replace ',.*') $($failure[0].CategoryInfo.Category) $($failure[0].TargetObject) $($found.Interface) $($failure[0].Exception.Message)"
            }
            try { Get-MacAddressOwner 10.99.0.1 -VlanId 20 } catch { "$($_.FullyQualifiedErrorId -replace ',.*') $($_.Exception.Message)" }
'@
        $lines[0..6] | Should -Be '10.99.0.1 True one/p1 by Fixed of one', ' True one/p1 by Fixed of one', 'several two one one', 'pipeline one two', 'records one two', 'entries one', 'none 0'
        $lines[7] | Should -BeLike 'AddressOwnerNotFound ObjectNotFound 10.99.0.77 one 10.99.0.77 *Get-MacInterface*Get-MacForwardingEntry.'
        $lines[8] | Should -BeLike 'AddressOwnerNotFound ObjectNotFound 02:00:00:00:00:77 one *'
        $lines[9] | Should -BeLike "InvalidAddress InvalidArgument 10.99.0 one '10.99.0' is neither*."
        $lines[10] | Should -BeLike "InvalidAddress InvalidArgument `* one *"
        $lines[11] | Should -BeLike 'AddressOwnerNotFound *VLAN 20.*'
    }

    It 'completes shared addresses' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = New-HostInterface
            $null = Add-MacAddressPair one 10.99.0.100 -MacAddress 00:00:5e:00:01:0a
            $null = Start-MacPolicyEnforcer -Port @{ Adapter = 'p1'; MacInterface = 'one' } -DisableOffload -WarningAction SilentlyContinue
            $line = 'Get-MacAddressOwner 10'
            [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
'@
        $lines | Should -Be '10.99.0.100'
    }

    It 'says that no switch runs, once, and how to start one' {
        $null = New-TestStore
        $failures = @()
        Get-MacAddressOwner 10.0.0.1, 10.0.0.2 -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be 'EnforcerNotFound,MacSegmentation.Enforcers.GetMacAddressOwnerCommand'
        (Get-MacError { Get-MacAddressOwner }).Message | Should -BeLike '*Start-MacPolicyEnforcer -Port*'
    }
}
