BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Test-MacFrame' {
    BeforeEach {
        New-ExampleStore
        $one = New-MacInterface web-1 10 10.0.0.11/24, fd00::11/64 -MacAddress 02:00:00:00:00:11
        $two = New-MacInterface web-2 10 10.0.0.12/24 -MacAddress 02:00:00:00:00:12
        $null = New-MacInterface other 20 10.0.0.12/24 -MacAddress 02:00:00:00:00:21
    }

    It 'shows the way of a frame stage by stage' {
        $test = Test-MacFrame -From web-1 -SourceAddress 02-00-00-00-00-11 -DestinationAddress 0200.0000.0012 -SourceIPAddress 10.0.0.11
        $test | Should -BeOfType MacSegmentation.Tracing.MacFrameTest
        "$($test.Action) $($test.Reason) $($test.From) $($test.To) $($test.IsForwarded)" | Should -Be 'Allow DefaultAction web-1 web-2 True'
        "$($test.VlanId) $($test.SourceIPAddress) $($test.DestinationIPAddress) $($test.Packet)" | Should -Be '10 10.0.0.11 10.0.0.12 Icmp 10.0.0.11 -> 10.0.0.12'
        $test.Stage.Stage | Should -Be 'Receive', 'PortSecurity', 'Learning', 'Policy', 'Lookup', 'SecurityGroup', 'Send'
        $test.Stage[3].Detail | Should -BeLike '*default action*'
        $test.To[0] | Should -Be 'web-2'
    }

    It 'shows that sessions are kept apart, and by which of them' {
        $null = New-MacSession lab 10
        $null = New-MacSession exam 10 -Isolation None
        $null = New-MacInstance student-1 -Session lab -IPAddress 10.0.0.21/24
        $null = New-MacInstance student-2 -Session exam -IPAddress 10.0.0.22/24
        $test = Test-MacFrame student-1 -DestinationIPAddress 10.0.0.22
        "$($test.Action) $($test.Reason)" | Should -Be 'Deny SessionIsolation'
        $test.Stage[-1].Stage | Should -Be 'SessionIsolation'
        $test.Stage[-1].Detail | Should -BeLike "From *student-1* of session 'lab' to *student-2* of session 'exam'; isolated: 'lab'."
        (Test-MacFrame student-1 -DestinationIPAddress 10.0.0.11).To | Should -Be 'web-1'
        (Test-MacFrame student-1 -DestinationIPAddress 10.0.0.11).Stage.Stage | Should -Be 'Receive', 'PortSecurity', 'Learning', 'Policy', 'Lookup', 'SessionIsolation', 'SecurityGroup', 'Send'
        Set-MacSession lab -Isolation None
        (Test-MacFrame student-1 -DestinationIPAddress 10.0.0.22).To | Should -Be 'student-2'
    }

    It 'asks each time what the store says then' {
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).To | Should -Be 'web-2'
        $null = Add-MacPolicy 10 * * Deny
        "$((Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).Reason)" | Should -Be 'Policy'
        Get-MacPolicy 10 | Remove-MacPolicy -Confirm:$false
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).To | Should -Be 'web-2'
        $null = New-MacInterface web-3 10 10.0.0.13/24
        (Test-MacFrame web-3 -DestinationIPAddress 10.0.0.12).To | Should -Be 'web-2'
        Remove-MacInterface web-3 -Force -Confirm:$false
        { Test-MacFrame web-3 -DestinationIPAddress 10.0.0.12 -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound*'
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).To | Should -Be 'web-2'
    }

    It 'judges a frame as of now, or as of the time that is given' {
        $before = [DateTimeOffset]::Now
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).Time | Should -BeGreaterOrEqual $before
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -Time '2026-11-28T10:00:00Z').Time | Should -Be ([DateTimeOffset] '2026-11-28T10:00:00Z')
    }

    It 'takes what is not given from the records' {
        (Test-MacFrame web-1 -DestinationAddress ff:ff:ff:ff:ff:ff -SourceIPAddress 10.0.0.11).Packet | Should -Be 'Icmp 10.0.0.11 -> 255.255.255.255'
        (Test-MacFrame web-1 -DestinationAddress ff:ff:ff:ff:ff:ff).To | Should -Be 'web-2', 'uplink'
        "$((Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).DestinationAddress)" | Should -Be '02:00:00:00:00:12'
        (Test-MacFrame web-2 -DestinationIPAddress 10.0.0.11 -DestinationPort 80).Packet | Should -Be 'Tcp 10.0.0.12:49152 -> 10.0.0.11:80'
        (Test-MacFrame web-1 -DestinationIPAddress fd00::1 -DestinationAddress 02:00:00:00:00:01 -Protocol udp -SourcePort 5 -DestinationPort 53).Packet | Should -BeLike 'Udp fd00::11:5 -> fd00::1:53'
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -Protocol 112).Packet | Should -Be '112 10.0.0.11 -> 10.0.0.12'
    }

    It 'ends at the stage that refuses, and says why: <Stage>' -ForEach @(
        @{ Stage = 'Receive'; Reason = 'VlanNotAllowed'; Like = '*web-1 carries 10u*'; Frame = @{ From = 'web-1'; DestinationIPAddress = '10.0.0.12'; VlanId = 10 } }
        @{ Stage = 'Receive'; Reason = 'VlanNotAllowed'; Like = '*uplink carries 1-4094*'; Frame = @{ From = 'uplink'; SourceAddress = '02:00:00:00:00:99'; SourceIPAddress = '10.0.0.9'; DestinationIPAddress = '10.0.0.12' } }
        @{ Stage = 'PortSecurity'; Reason = 'SourceMacNotAllowed'; Like = '*02:00:00:00:00:99*web-1 may use 02:00:00:00:00:11*'; Frame = @{ From = 'web-1'; SourceAddress = '02:00:00:00:00:99'; DestinationIPAddress = '10.0.0.12' } }
        @{ Stage = 'PortSecurity'; Reason = 'SourceIPNotAllowed'; Like = '*10.0.0.99*web-1 may use 10.0.0.11.'; Frame = @{ From = 'web-1'; SourceIPAddress = '10.0.0.99'; DestinationAddress = '02:00:00:00:00:12' } }
        @{ Stage = 'Learning'; Reason = 'AddressHeldElsewhere'; Like = '*02:00:00:00:00:11 is an address of web-1.'; Frame = @{ From = 'uplink'; SourceAddress = '02:00:00:00:00:11'; DestinationAddress = '02:00:00:00:00:12'; VlanId = 10 } }
        @{ Stage = 'Policy'; Reason = 'Policy'; Like = '*order 10*Deny*'; Frame = @{ From = 'web-2'; DestinationAddress = '02:00:00:00:00:11' } }
        @{ Stage = 'SecurityGroup'; Reason = 'SecurityGroup'; Like = 'Tcp 10.0.0.11:49152 -> 10.0.0.12:81*web-2 in web*'; Frame = @{ From = 'web-1'; DestinationIPAddress = '10.0.0.12'; DestinationPort = 81 } }
    ) {
        $null = Add-MacPolicy 10 02:00:00:00:00:12 * Deny
        $null = New-MacSecurityGroup web
        $null = Add-MacSecurityGroupRule web -Direction Inbound -Protocol Tcp -Port 80
        $null = Add-MacSecurityGroupMember web -Interface web-2
        $test = Test-MacFrame @Frame
        "$($test.Reason) $($test.IsForwarded) $($test.Stage[-1].Stage)" | Should -Be "$Reason False $Stage"
        $test.Explanation | Should -BeLike $Like
        (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -DestinationPort 80).To | Should -Be 'web-2'
    }

    It 'knows the uplink, its native VLAN and VLANs that are not in the store' {
        $frame = @{ From = 'uplink'; SourceAddress = '02:00:00:00:00:99'; SourceIPAddress = '10.0.0.9'; DestinationIPAddress = '10.0.0.12' }
        (Test-MacFrame @frame -VlanId 10).To | Should -Be 'web-2'
        (Test-MacFrame @frame -VlanId 20).To | Should -Be 'other'
        (Test-MacFrame @frame -NativeVlan 20 -DestinationAddress 02:00:00:00:00:21).To | Should -Be 'other'
        (Test-MacFrame @frame -VlanId 30 -DestinationAddress 02:00:00:00:00:21 -UnknownVlan Drop).Reason | Should -Be 'UnknownVlan'
    }

    It 'takes records and rows of a CSV file from the pipeline' {
        ($one, $two | Test-MacFrame -DestinationIPAddress 10.0.0.12).Reason | Should -Be 'DefaultAction', 'SamePort'
        $tests = @'
From,DestinationIPAddress,SourceAddress,Protocol,DestinationPort
web-1,10.0.0.12,,tcp,80
web-2,10.0.0.11,02-00-00-00-00-12,,
'@ | ConvertFrom-Csv | Test-MacFrame
        $tests.Packet | Should -Be 'Tcp 10.0.0.11:49152 -> 10.0.0.12:80', 'Icmp 10.0.0.12 -> 10.0.0.11'
    }

    It 'takes captures from the pipeline, and numbers their frames' {
        $tests = Get-Item $ExampleCapture, $ExampleCapture | Test-MacFrame uplink
        $half = $tests.Count / 2
        $tests.Number | Should -Be (@(1..$half) + @(1..$half))
        $tests[0..($half - 1)].Reason | Should -Be $tests[$half..($tests.Count - 1)].Reason -Because 'each capture has a switch of its own'
        $tests.Where({ $_.Reason -eq 'Malformed' })[0].Packet | Should -Be 'no whole header'
        @(Test-MacFrame -From uplink -Path $ExampleCapture | Select-Object -First 3).Count | Should -Be 3
    }

    It 'tests the frames before the damage of a capture, then writes an error, and goes on with the next' {
        $bytes = [IO.File]::ReadAllBytes($ExampleCapture)
        $cut = Join-Path $TestDrive cut.pcap
        [IO.File]::WriteAllBytes($cut, $bytes[0..($bytes.Length - 10)])
        $whole = @(Test-MacFrame uplink -Path $ExampleCapture).Count
        $tests = Get-Item $cut, $ExampleCapture | Test-MacFrame uplink -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -BeLike 'CaptureTruncated*'
        $tests.Count | Should -Be (2 * $whole - 1)
    }

    It 'shows the verdict and the stages, and as a table a line for each frame' {
        $shown = (Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 | Out-String -Width 120) -split '\r?\n'
        $shown | Should -Contain 'Allow (DefaultAction) to web-2'
        $shown | Should -Contain '  Receive       Allow   web-1 carries VLAN 10 untagged.'
        $table = (Test-MacFrame uplink -Path $ExampleCapture | Format-Table | Out-String -Width 120) -split '\r?\n'
        ($table | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $table[1] | Should -Match '^Number From +Packet +Action Reason +To'
        ((Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12).Stage | Out-String -Width 120) | Should -Match '(?m)^Policy +Allow +DefaultAction '
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown record'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Test-MacFrame none -DestinationIPAddress 10.0.0.12 } }
        @{ Case = 'an unknown record for a capture'; Id = 'InterfaceNotFound'; Category = 'ObjectNotFound'; Command = { Test-MacFrame none -Path $ExampleCapture } }
        @{ Case = 'no destination'; Id = 'DestinationAddressMissing'; Command = { Test-MacFrame web-1 } }
        @{ Case = 'the uplink without a source'; Id = 'SourceAddressMissing'; Command = { Test-MacFrame uplink -DestinationIPAddress 10.0.0.12 } }
        @{ Case = 'no source for an IP packet'; Id = 'IPAddressMissing'; Command = { Test-MacFrame uplink -SourceAddress 02:00:00:00:00:99 -DestinationIPAddress 10.0.0.12 } }
        @{ Case = 'addresses of two families'; Id = 'AddressFamilyMismatch'; Command = { Test-MacFrame web-2 -SourceIPAddress 10.0.0.12 -DestinationIPAddress fd00::11 } }
        @{ Case = 'half an IP address'; Id = 'InvalidIPAddress'; Command = { Test-MacFrame web-1 -SourceIPAddress 10.1 -DestinationIPAddress 10.0.0.12 } }
        @{ Case = 'ICMP between the wrong addresses'; Id = 'ProtocolFamilyMismatch'; Command = { Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -Protocol IcmpV6 } }
        @{ Case = 'ports of ICMP'; Id = 'PortsNeedTcpOrUdp'; Command = { Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -Protocol Icmp -DestinationPort 80 } }
        @{ Case = 'TCP without a port'; Id = 'DestinationPortMissing'; Command = { Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -Protocol Tcp } }
        @{ Case = 'port 65536'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -DestinationPort 65536 } }
        @{ Case = 'VLAN 4095'; Id = 'InvalidVlanId'; Command = { Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -VlanId 4095 } }
        @{ Case = 'native VLAN 0'; Id = 'InvalidVlanId'; Command = { Test-MacFrame web-1 -DestinationIPAddress 10.0.0.12 -NativeVlan 0 } }
        @{ Case = 'no capture'; Id = 'CaptureNotFound'; Category = 'ObjectNotFound'; Command = { Test-MacFrame uplink -Path (Join-Path $TestDrive none.pcap) } }
        @{ Case = 'a text file'; Id = 'CaptureNotRecognized'; Category = 'InvalidData'; Command = { Test-MacFrame uplink -Path $ExampleConfiguration } }
        @{ Case = 'another provider'; Id = 'PathNotInFileSystem'; Command = { Test-MacFrame uplink -Path Env:/frames.pcap } }
        @{ Case = 'text for a protocol'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Test-MacFrame web-1 -Protocol http } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be ($Category ?? 'InvalidArgument')
        $failure.Message | Should -Match '\.$'
    }

    It 'completes records, addresses and protocols' {
        (Complete-Line 'Test-MacFrame ').CompletionText | Should -Be 'uplink', 'other', 'web-1', 'web-2'
        (Complete-Line 'Test-MacFrame web-1 -DestinationAddress 02:00:00:00:00:1').CompletionText | Should -Be '02:00:00:00:00:11', '02:00:00:00:00:12'
        (Complete-Line 'Test-MacFrame web-1 -DestinationIPAddress 10').CompletionText | Should -Be '10.0.0.11', '10.0.0.12'
        (Complete-Line 'Test-MacFrame web-1 -Protocol t').CompletionText | Should -Be 'Tcp'
    }
}
