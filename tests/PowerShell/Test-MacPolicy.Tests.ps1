BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = Add-MacPolicy 10 -SourceAddress 00:1A:2B:3C:40:00 -DestinationAddress * -Action Deny
    $null = Add-MacPolicy 10 -SourceAddress 00:1a:2b:00:00:00/24 -DestinationAddress 01:00:5e:00:00:00/25 -Action Drop -Order 5
    Set-MacVlan 20 -DefaultAction Deny
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Test-MacPolicy' {
    It 'says which policy decides, and why: <Source> -> <Destination>' -ForEach @(
        @{ Source = '00:1a:2b:3c:40:00'; Destination = '00:1a:2b:3c:40:01'; Action = 'Deny'; Reason = 'Policy'; Order = 10 }
        @{ Source = '00:1a:2b:3c:40:00'; Destination = '01:00:5e:00:00:fb'; Action = 'Drop'; Reason = 'Policy'; Order = 5 }
        @{ Source = '00:1a:2b:3c:40:07'; Destination = 'ff:ff:ff:ff:ff:ff'; Action = 'Allow'; Reason = 'DefaultAction'; Order = $null }
    ) {
        $test = Test-MacPolicy -VlanId 10 -SourceAddress $Source -DestinationAddress $Destination
        $test | Should -BeOfType MacSegmentation.Policies.MacPolicyTest
        $test.Action | Should -Be $Action
        $test.Reason | Should -Be $Reason
        $test.Policy.Order | Should -Be $Order
        $test.IsForwarded | Should -Be ($Action -eq 'Allow')
        $test.Explanation | Should -Match '\.$'
    }

    It 'knows default actions and unknown VLANs' {
        (Test-MacPolicy 20 02:00:5e:10:00:00 02:00:5e:10:00:01).Action | Should -Be 'Deny'
        $unknown = Test-MacPolicy 30 02:00:5e:10:00:00 02:00:5e:10:00:01
        "$($unknown.Action) $($unknown.Reason)" | Should -Be 'Allow UnknownVlan'
        (Test-MacPolicy 30 02:00:5e:10:00:00 02:00:5e:10:00:01 -UnknownVlan Drop).Action | Should -Be 'Drop'
    }

    It 'takes frames from the pipeline, by property name' {
        $tests = @'
VlanId,SourceAddress,DestinationAddress
10,00:1a:2b:3c:40:00,ff:ff:ff:ff:ff:ff
20,02:00:5e:10:00:00,ff:ff:ff:ff:ff:ff
'@ | ConvertFrom-Csv | Test-MacPolicy
        $tests.Reason | Should -Be 'Policy', 'DefaultAction'
        (New-MacAllocation 10 vm-1 | Test-MacPolicy -DestinationAddress ff:ff:ff:ff:ff:ff, 00:1a:2b:3c:40:01).Action | Should -Be 'Deny', 'Deny'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Test-MacPolicy 0 02:00:5e:10:00:00 02:00:5e:10:00:01 } }
        @{ Case = 'a pattern for an address'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Test-MacPolicy 10 * 02:00:5e:10:00:01 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
    }

    It 'completes VLANs and allocated addresses' {
        $null = New-MacAllocation 20 plc-1
        (Complete-Line 'Test-MacPolicy -VlanId ').CompletionText | Should -Be '10', '20'
        (Complete-Line 'Test-MacPolicy -VlanId 20 -SourceAddress ').CompletionText | Should -Be '02:00:5e:10:00:00'
    }

    Context 'what is staged' {
        BeforeAll {
            Disconnect-MacStore
            New-ExampleStore
            $null = New-MacInterface camera-1 -VlanId 10 -MacAddress 00:1a:2b:3c:40:01 -Tag camera
            $null = New-MacInterface recorder -VlanId 10 -MacAddress 00:1a:2b:3c:4f:00 -Tag recorder
            $null = New-MacPartition cameras -Tag camera -Staged
            $null = Add-MacPartitionPolicy cameras -Peer * -Action Deny
        }

        It 'tells which frames of a capture it would change, and what would decide' {
            $all = @(Test-MacPolicy -Path $ExampleCapture -Staged)
            $all | Should -BeOfType MacSegmentation.Tracing.MacStagedChange
            $change = $all | Where-Object { $_.From -eq 'camera-1' -and $_.DestinationAddress -eq '00:1a:2b:3c:4f:00' }
            "$($change.Before) to $($change.BeforeTo), $($change.After) to $($change.AfterTo)" | Should -Be 'Allow to recorder, Deny to '
            $change.Frames | Should -BeGreaterThan 1
            $change.FirstFrame | Should -Be 17
            $change.Explanation | Should -Match "^Policy 1 of partition 'cameras'"
            $all.FirstFrame | Should -Be ($all.FirstFrame | Sort-Object)
            (Get-Item $ExampleCapture | Test-MacPolicy -Staged).Count | Should -Be $all.Count
        }

        It 'fits 80 columns' {
            (Test-MacPolicy -Path $ExampleCapture -Staged | Out-String -Width 80) -split '\r?\n' | ForEach-Object Length | Should -BeLessOrEqual 80
        }

        It 'changes nothing once it is in force, and says how something is staged' {
            Set-MacPartition cameras -Staged $false
            Test-MacPolicy -Path $ExampleCapture -Staged -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warning | Should -BeLike 'Nothing is staged:*-Staged*'
        }

        It 'fails with <Id>: <Case>' -ForEach @(
            @{ Case = 'no capture'; Id = 'CaptureNotFound'; Command = { Test-MacPolicy -Path (Join-Path $TestDrive none.pcap) -Staged } }
            @{ Case = 'a text file'; Id = 'CaptureNotRecognized'; Command = { Test-MacPolicy -Path $ExampleConfiguration -Staged } }
            @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Command = { Test-MacPolicy -Path $ExampleCapture -Staged -NativeVlan 4095 } }
        ) {
            (Get-MacError $Command).Id | Should -Be $Id
        }
    }
}
