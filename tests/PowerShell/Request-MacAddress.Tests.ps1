BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/FakeService.ps1
    $wwn = 'urn:wwn:50:06:01:60:3b:a0:11:22'
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Request-MacAddress on the store' {
    BeforeEach {
        New-ExampleStore
    }

    It 'gives the same address every time, and changes nothing then' {
        $first = Request-MacAddress $wwn 10
        $first | Should -BeOfType MacSegmentation.Handles.MacAssignment
        "$($first.MacAddress) $($first.Outcome)" | Should -Be '00:1a:2b:3c:40:00 New'
        $revision = (Get-MacStore).Revision
        $again = Request-MacAddress 'URN:WWN:50-06-01-60-3B-A0-11-22' 10
        "$($again.Handle) $($again.MacAddress) $($again.Outcome)" | Should -Be "$wwn 00:1a:2b:3c:40:00 Existing"
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'gives the requested address, and another only if that may be' {
        (Request-MacAddress $wwn 20 -RequestedAddress 02-00-5E-10-00-99).MacAddress | Should -Be '02:00:5e:10:00:99'
        (Get-MacError { Request-MacAddress b 20 -RequestedAddress 02-00-5E-10-00-99 }).Id | Should -Be 'AddressTaken'
        (Request-MacAddress b 20 -RequestedAddress 02-00-5E-10-00-99 -AllowSubstitute).MacAddress | Should -Be '02:00:5e:10:00:00'
    }

    It 'gives out-of-pool addresses where the VLAN admits them' {
        (Get-MacError { Request-MacAddress a 10 -RequestedAddress 0a-00-00-00-00-01 }).Id | Should -Be 'AddressOutside'
        Set-MacVlan 10 -OutOfPoolAddress $true
        (Request-MacAddress a 10 -RequestedAddress 0a-00-00-00-00-01).MacAddress | Should -Be '0a:00:00:00:00:01'
    }

    It 'takes handles from the pipeline in their order, known ones among new ones' {
        $null = 'b', 'd' | Request-MacAddress -VlanId 10
        $answers = 'a', 'b', 'c', 'd', 'e' | Request-MacAddress -VlanId 10
        $answers.Handle | Should -Be 'a', 'b', 'c', 'd', 'e'
        $answers.Outcome | Should -Be 'New', 'Existing', 'New', 'Existing', 'New'
    }

    It 'takes what machines have, by property name, and a handle that is made of it' {
        $vm = [pscustomobject]@{ VMName = 'web-1'; VMId = '6fa459ea-ee8a-3ca4-894e-db77e160355e'; VlanId = 20; StaticMacAddress = '02005E100042' }
        $answer = $vm | Request-MacAddress -Handle { "urn:uuid:$($_.VMId)" }
        "$($answer.VMName) $($answer.StaticMacAddress) $($answer.VlanId)" | Should -Be 'web-1 02005E100042 20'
        ([pscustomobject]@{ Handle = 'x'; Vlan = 20; MacAddress = '02005E100043'; VMId = 'y' } | Request-MacAddress).StaticMacAddress | Should -Be '02005E100043'
        ([pscustomobject]@{ Handle = 'z'; VlanId = 20; MacAddress = '' } | Request-MacAddress).Outcome | Should -Be 'New'
        (Get-MacHandle z | Request-MacAddress).Outcome | Should -Be 'Existing'
    }

    It 'asks what a second instance means' {
        $first = Request-MacAddress $wwn 10 -InstanceId web-1
        (Get-MacError { Request-MacAddress $wwn 10 -InstanceId web-2 }).Id | Should -Be 'HandleLive'
        $copy = Request-MacAddress $wwn 10 -InstanceId web-2 -Intent Copy
        "$($copy.Outcome) $($copy.MacAddress)" | Should -Be 'Copied 00:1a:2b:3c:40:01'
        $replaced = Request-MacAddress $wwn 10 -InstanceId web-3 -Intent Replace
        "$($replaced.Outcome) $($replaced.MacAddress)" | Should -Be "Replaced $($first.MacAddress)"
        (Get-MacHandle $wwn).InstanceId | Should -Be 'web-3', 'web-2'
    }

    It 'tells a handle as a warning what became of its address' {
        $null = Request-MacAddress $wwn 10
        Revoke-MacHandle $wwn -Reason Scrapped -Force
        $answer = Request-MacAddress $wwn 10 -WarningVariable warnings -WarningAction SilentlyContinue
        $answer.Notice | Should -BeLike '*Scrapped*'
        $warnings | Should -BeLike "${wwn}: $($answer.Notice)"
    }

    It 'commits in groups' {
        $before = (Get-MacStore).Revision
        1..500 | ForEach-Object { "h-$_" } | Request-MacAddress -VlanId 20 | Should -HaveCount 500
        (Get-MacStore).Revision - $before | Should -BeLessThan 200
    }

    It 'gives nothing with -WhatIf, and answers what is known' {
        $null = Request-MacAddress $wwn 10
        $revision = (Get-MacStore).Revision
        ($wwn, 'new' | Request-MacAddress -VlanId 10 -WhatIf).Handle | Should -Be $wwn
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an empty handle'; Id = 'InvalidHandle'; Category = 'InvalidArgument'; Command = { Request-MacAddress '' 10 } }
        @{ Case = 'a handle of 513 characters'; Id = 'InvalidHandle'; Category = 'InvalidArgument'; Command = { Request-MacAddress ('h' * 513) 10 } }
        @{ Case = 'a handle with a line feed'; Id = 'InvalidHandle'; Category = 'InvalidArgument'; Command = { Request-MacAddress "a`nb" 10 } }
        @{ Case = 'an unknown VLAN'; Id = 'VlanNotFound'; Category = 'ObjectNotFound'; Command = { Request-MacAddress a 30 } }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Command = { Request-MacAddress a 0 } }
        @{ Case = 'a VLAN that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Request-MacAddress a ten } }
        @{ Case = 'a group address'; Id = 'InvalidRequestedAddress'; Category = 'InvalidArgument'; Command = { Request-MacAddress a 10 -RequestedAddress 01-00-5e-00-00-01 } }
        @{ Case = 'an address of five octets'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Request-MacAddress a 10 -RequestedAddress 00-1a-2b-3c-40 } }
        @{ Case = 'an address of another VLAN'; Id = 'AddressOutside'; Category = 'InvalidArgument'; Command = { Request-MacAddress a 10 -RequestedAddress 02-00-5e-10-00-01 } }
        @{ Case = 'an address of a block'; Id = 'AddressDelegated'; Category = 'ResourceBusy'; Command = { Request-MacAddress a 30 -RequestedAddress 06-00-00-00-00-00 }; Prepare = { $null = New-MacVlan 30 -Range 06-00-00-00-00-00/47; $null = New-MacProvider p | Grant-MacBlock -VlanId 30 -Count 2 } }
        @{ Case = 'an empty pool'; Id = 'PoolExhausted'; Category = 'LimitsExceeded'; Command = { Request-MacAddress a 30 }; Prepare = { $null = New-MacVlan 30 -Range 06-00-00-00-00-00/48; $null = New-MacAllocation 30 x } }
        @{ Case = 'the handle in another VLAN'; Id = 'HandleInOtherVlan'; Category = 'InvalidOperation'; Command = { Request-MacAddress a 20 }; Prepare = { $null = Request-MacAddress a 10 } }
        @{ Case = 'an intent without an instance'; Id = 'InstanceRequired'; Category = 'InvalidArgument'; Command = { Request-MacAddress a 10 -Intent Copy } }
        @{ Case = 'a blank instance'; Id = 'InvalidInstanceId'; Category = 'InvalidArgument'; Command = { Request-MacAddress a 10 -InstanceId ' ' } }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'goes on after a record that fails' {
        $answers = 'a', '', 'b' | Request-MacAddress -VlanId 10 -ErrorAction SilentlyContinue -ErrorVariable failures
        $answers.Handle | Should -Be 'a', 'b'
        $failures | Should -HaveCount 1
    }

    It 'completes handles and VLANs' {
        $null = Request-MacAddress $wwn, 'urn:x:1' 10
        (Complete-Line 'Request-MacAddress urn:w').CompletionText | Should -Be $wwn
        (Complete-Line 'Request-MacAddress a -VlanId ').CompletionText | Should -Be '10', '20'
    }
}

Describe 'Request-MacAddress from a service' {
    BeforeAll {
        function Get-Address([int] $Last) {
            @{ handle = 'h'; vlanId = 10; macAddress = '02:00:5e:10:00:{0:x2}' -f $Last; outcome = 'new'; instanceId = 'vm-1'; provider = 'site-a'; assignedAt = '2026-01-02T03:04:05Z'; notice = 'Told.' }
        }
        function Get-Problem([int] $Status, [string] $Id) {
            @{ type = 'about:blank'; title = 'No'; status = $Status; detail = "The service says $Id."; errorId = $Id }
        }
        $token = 'mps_abc-DEF_123'
    }

    BeforeEach {
        $null = New-TestStore
        $service = New-FakeService
        $asked = @{ VlanId = 10; Uri = $service.Uri; Token = $token }
    }

    AfterEach {
        $service.Dispose()
    }

    It 'sends what was asked, and gives what was answered' {
        Add-FakeAnswer $service 201 (Get-Address 7)
        $answer = Request-MacAddress urn:WWN:50-06-01-60-3b-a0-11-22 @asked -RequestedAddress 02005E100007 -AllowSubstitute -InstanceId vm-1 -Intent Replace -WarningVariable warnings -WarningAction SilentlyContinue
        $answer | Should -BeOfType MacSegmentation.Handles.MacAssignment
        "$($answer.MacAddress) $($answer.Outcome) $($answer.VMName) $($answer.Provider) $($answer.AssignedAt.UtcDateTime.ToString('s'))" |
            Should -Be '02:00:5e:10:00:07 New vm-1 site-a 2026-01-02T03:04:05'
        $warnings | Should -Be 'h: Told.'
        $sent = $service.Requests.ToArray()[0]
        "$($sent.Method) $($sent.Path)" | Should -Be 'POST /v1/addresses'
        $sent.Headers['Authorization'] | Should -Be "Bearer $token"
        $sent.Headers['Idempotency-Key'] | Should -Not -BeNullOrEmpty
        $body = $sent.Body | ConvertFrom-Json
        "$($body.handle) $($body.vlanId) $($body.requestedAddress) $($body.allowSubstitute) $($body.instanceId) $($body.intent)" |
            Should -Be "$wwn 10 02:00:5e:10:00:07 True vm-1 replace"
        ($body | Get-Member -MemberType NoteProperty).Count | Should -Be 6
    }

    It 'sends only what was given, with a secure token, and uses no store' {
        Add-FakeAnswer $service 200 (Get-Address 7)
        $revision = (Get-MacStore).Revision
        $null = Request-MacAddress a -VlanId 10 -Uri $service.Uri -Token (ConvertTo-SecureString $token -AsPlainText -Force) -WarningAction SilentlyContinue
        $sent = $service.Requests.ToArray()[0]
        $sent.Body | Should -Be '{"handle":"a","vlanId":10}'
        $sent.Headers['Authorization'] | Should -Be "Bearer $token"
        (Get-MacStore).Revision | Should -Be $revision
    }

    It 'asks again with the same key when an answer was lost, and with another for another record' {
        Add-FakeAnswer $service 0
        Add-FakeAnswer $service 200 (Get-Address 7)
        Add-FakeAnswer $service 200 (Get-Address 8)
        (Request-MacAddress a, b @asked -WarningAction SilentlyContinue).MacAddress | Should -Be '02:00:5e:10:00:07', '02:00:5e:10:00:08'
        $keys = $service.Requests.ToArray().ForEach({ $_.Headers['Idempotency-Key'] })
        $keys[1] | Should -Be $keys[0]
        $keys[2] | Should -Not -Be $keys[0]
    }

    It 'waits as long as the service asks for: <Status>' -ForEach @{ Status = 429 }, @{ Status = 503 } {
        Add-FakeAnswer $service $Status (Get-Problem $Status TooManyRequests) 'Retry-After: 1'
        Add-FakeAnswer $service 200 (Get-Address 7)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Request-MacAddress a @asked -WarningAction SilentlyContinue).MacAddress | Should -Be '02:00:5e:10:00:07'
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 0.9
    }

    It 'gives up after some tries, with what the service says' {
        1..4 | ForEach-Object { Add-FakeAnswer $service 503 (Get-Problem 503 HandleUndecidable) }
        $failure = Get-MacError { Request-MacAddress a @asked }
        "$($failure.Id) $($failure.Category) $($failure.Message)" | Should -Be 'HandleUndecidable ResourceUnavailable The service says HandleUndecidable.'
        $service.Requests.Count | Should -Be 4
    }

    It 'does not wait for hours' {
        Add-FakeAnswer $service 503 (Get-Problem 503 HandleUndecidable) 'Retry-After: 7200'
        (Get-MacError { Request-MacAddress a @asked }).Id | Should -Be 'HandleUndecidable'
        $service.Requests.Count | Should -Be 1
    }

    It 'asks the next of several services, and stays with the one that answers' {
        $dead = New-FakeService
        $address = $dead.Uri
        $dead.Dispose()
        Add-FakeAnswer $service 200 (Get-Address 7)
        Add-FakeAnswer $service 200 (Get-Address 8)
        $answers = Request-MacAddress a, b -VlanId 10 -Uri $address, $service.Uri -Token $token -WarningAction SilentlyContinue
        $answers.MacAddress | Should -Be '02:00:5e:10:00:07', '02:00:5e:10:00:08'
    }

    It 'says why no service can be reached' {
        $address = $service.Uri
        $service.Dispose()
        $failure = Get-MacError { Request-MacAddress a -VlanId 10 -Uri $address -Token $token }
        "$($failure.Id) $($failure.Category)" | Should -Be 'ServiceUnreachable ResourceUnavailable'
        $failure.Message | Should -BeLike "*$address*refused*"
        $failure.Target | Should -Be 'a'
    }

    It 'passes on what the service refuses: <Status> <Id>' -ForEach @(
        @{ Status = 400; Id = 'InvalidHandle'; Category = 'InvalidArgument' }
        @{ Status = 401; Id = 'TokenUnknown'; Category = 'PermissionDenied' }
        @{ Status = 403; Id = 'VlanForbidden'; Category = 'PermissionDenied' }
        @{ Status = 404; Id = 'VlanNotFound'; Category = 'ObjectNotFound' }
        @{ Status = 409; Id = 'HandleLive'; Category = 'ResourceBusy' }
        @{ Status = 409; Id = 'PoolExhausted'; Category = 'LimitsExceeded' }
        @{ Status = 409; Id = 'AddressTaken'; Category = 'ResourceExists' }
        @{ Status = 409; Id = 'HandleInOtherVlan'; Category = 'InvalidOperation' }
    ) {
        Add-FakeAnswer $service $Status (Get-Problem $Status $Id)
        Add-FakeAnswer $service 200 (Get-Address 7)
        $answers = Request-MacAddress bad, good @asked -ErrorVariable failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $answers | Should -HaveCount 1
        "$($failures[0].FullyQualifiedErrorId)" | Should -BeLike "$Id,*"
        $failures[0].CategoryInfo.Category | Should -Be $Category
        "$($failures[0])" | Should -Be "The service says $Id."
        $failures[0].TargetObject | Should -Be 'bad'
    }

    It 'shows no control characters of what comes over the network' {
        Add-FakeAnswer $service 400 @{ detail = "Red$([char]27)[31m."; errorId = 'InvalidHandle' }
        (Get-MacError { Request-MacAddress a @asked }).Message | Should -Be 'Red[31m.'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'a page of a web server'; Id = 'ServiceAnswerInvalid'; Category = 'InvalidData'; Status = 200; Body = '<html></html>' }
        @{ Case = 'an answer without an address'; Id = 'ServiceAnswerInvalid'; Category = 'InvalidData'; Status = 200; Body = '{}' }
        @{ Case = 'an address that is none'; Id = 'ServiceAnswerInvalid'; Category = 'InvalidData'; Status = 200; Body = '{"macAddress":"x"}' }
        @{ Case = 'a page that is not there'; Id = 'ServiceRefused'; Category = 'ObjectNotFound'; Status = 404; Body = '<html></html>' }
        @{ Case = 'a place elsewhere'; Id = 'ServiceRefused'; Category = 'ResourceUnavailable'; Status = 302; Body = '' }
    ) {
        Add-FakeAnswer $service $Status $Body 'Location: http://localhost:1/'
        $failure = Get-MacError { Request-MacAddress a @asked }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'shows a token to no address that is none: <_>' -ForEach 'http://mps-a:8080', 'mps-a:8443', 'mps-a', 'ftp://localhost/', 'https://user:pw@mps-a/', 'https://mps-a/?x=1' {
        $address = $_
        (Get-MacError { Request-MacAddress a -VlanId 10 -Uri $address -Token x }).Id | Should -Be 'InvalidServiceUri'
    }

    It 'refuses a token that is none, and does not show it' {
        $failure = Get-MacError { Request-MacAddress a -VlanId 10 -Uri $service.Uri -Token "se`r`ncret" }
        $failure.Id | Should -Be 'InvalidToken'
        $failure.Message | Should -Not -BeLike '*cret*'
    }

    It 'trusts no certificate of its own making, unless asked' {
        Skip-OnWine 'it makes no certificates.'
        $tls = New-FakeService -Tls
        $failure = Get-MacError { Request-MacAddress a -VlanId 10 -Uri $tls.Uri -Token $token }
        "$($failure.Id) $($failure.Category)" | Should -Be 'ServiceNotTrusted PermissionDenied'
        $tls.Requests.Count | Should -Be 0
        Add-FakeAnswer $tls 200 (Get-Address 7)
        (Request-MacAddress a -VlanId 10 -Uri $tls.Uri -Token $token -SkipCertificateCheck -WarningAction SilentlyContinue).MacAddress | Should -Be '02:00:5e:10:00:07'
        $tls.Dispose()
    }

    It 'asks nothing with -WhatIf, nor of a handle that is none' {
        Request-MacAddress a @asked -WhatIf
        (Get-MacError { Request-MacAddress '' @asked }).Id | Should -Be 'InvalidHandle'
        $service.Requests.Count | Should -Be 0
    }

    It 'ends at once when it is stopped' {
        $shell = [PowerShell]::Create().AddScript("Import-Module '$RepositoryRoot/MacSegmentation.psd1'; Request-MacAddress a 10 -Uri $($service.Uri) -Token x")
        $run = $shell.BeginInvoke()
        Wait-Until { $service.Requests.Count -gt 0 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
        $run.IsCompleted | Should -BeTrue
        $shell.Dispose()
    }
}

Describe 'Request-MacAddress by DHCPv6' -Skip:(-not [System.Net.Sockets.Socket]::OSSupportsIPv6) {
    BeforeAll {
        $duid = '00:03:00:01:02:00:5e:10:00:01'
        $macseg = Join-Path $RepositoryRoot bin/Host ($IsWindows ? 'macseg.exe' : 'macseg.dll')
        $place = Join-Path $TestDrive 'dhcpv6.db'
        $null = Connect-MacStore $place
        $null = New-MacVlan 10 -Range 02-00-00-00-00-00/44, 0A-00-00-00-00-00/44
        $null = New-MacProviderClient lab 10
        $start = [System.Diagnostics.ProcessStartInfo]::new($IsWindows ? $macseg : 'dotnet')
        $arguments = @(if (-not $IsWindows) { $macseg }) + 'provide', '--store', $place, '--uri', 'http://127.0.0.1:0', '--allow-plain-http', '--dhcpv6', '[::1]:0', '--dhcpv6-link', '::1=10,lab', '--stop-on-stdin-end', '--json'
        $arguments.ForEach({ $start.ArgumentList.Add($_) })
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $server = [System.Diagnostics.Process]::Start($start)
        $null = $server.StandardOutput.ReadLine()
        $asked = @{ Dhcpv6 = $true; Server = ($server.StandardOutput.ReadLine() | ConvertFrom-Json).uri -replace '^dhcpv6://' }
    }

    AfterAll {
        $server.StandardInput.Close()
        $server.WaitForExit(10000) | Should -BeTrue
        Disconnect-MacStore
    }

    It 'gives consecutive addresses, the same every time, and takes them back' {
        $answers = Request-MacAddress $duid @asked -Count 3
        $answers | Should -BeOfType MacSegmentation.Handles.MacAssignment
        "$($answers.MacAddress)" | Should -Be '02:00:00:00:00:00 02:00:00:00:00:01 02:00:00:00:00:02'
        $answers.Handle | Should -Be 'duid:0003000102005e100001/00000001', 'duid:0003000102005e100001/00000001/1', 'duid:0003000102005e100001/00000001/2'
        (Get-MacHandle).Handle | Should -Be $answers.Handle
        "$((Request-MacAddress $answers[0].Handle @asked -Count 3 -RapidCommit).MacAddress)" | Should -Be "$($answers.MacAddress)"
        Request-MacAddress $duid @asked -Release | Should -BeNullOrEmpty
        Get-MacAllocation | Should -BeNullOrEmpty
        "$((Request-MacAddress $duid @asked -Count 3).MacAddress)" | Should -Be "$($answers.MacAddress)"
    }

    It 'asks for quadrants, and tells of fewer than were asked for' {
        (Request-MacAddress $duid @asked -Iaid 7 -Quadrant SAI, ELI).MacAddress | Should -Be '0a:00:00:00:00:00'
        $answers = Request-MacAddress $duid @asked -Iaid 8 -Count 100 -WarningVariable warnings -WarningAction SilentlyContinue
        $answers | Should -HaveCount 15
        $warnings | Should -BeLike '*100 addresses were asked for*'
    }

    It 'asks nobody with -WhatIf' {
        Request-MacAddress $duid @asked -Iaid 99 -WhatIf | Should -BeNullOrEmpty
        Get-MacHandle 'duid:0003000102005e100001/00000063' -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no DUID'; Id = 'InvalidDuid'; Category = 'InvalidArgument'; Command = { Request-MacAddress camera-1 @asked } }
        @{ Case = 'nowhere to ask'; Id = 'Dhcpv6PlaceNeeded'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid -Dhcpv6 } }
        @{ Case = 'two places'; Id = 'Dhcpv6PlaceNeeded'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -Adapter lo } }
        @{ Case = 'an address of IPv4'; Id = 'InvalidDhcpv6Server'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid -Dhcpv6 -Server 10.0.0.1 } }
        @{ Case = 'a link address of IPv4'; Id = 'InvalidLinkAddress'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -LinkAddress 10.0.0.1 } }
        @{ Case = 'an adapter that is none'; Id = 'AdapterNotFound'; Category = 'ObjectNotFound'; Command = { Request-MacAddress $duid -Dhcpv6 -Adapter nowhere0 } }
        @{ Case = 'no addresses'; Id = 'InvalidRunLength'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -Count 0 } }
        @{ Case = 'too many addresses'; Id = 'InvalidRunLength'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -Count 257 } }
        @{ Case = 'an IAID of 33 bits'; Id = 'InvalidIaid'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -Iaid 4294967296 } }
        @{ Case = 'the quadrant None'; Id = 'InvalidQuadrant'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -Quadrant None } }
        @{ Case = 'a quadrant that is none'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Command = { Request-MacAddress $duid @asked -Quadrant XYZ } }
        @{ Case = 'an instance'; Id = 'InstanceNotInDhcpv6'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -InstanceId vm } }
        @{ Case = 'no time'; Id = 'InvalidTimeout'; Category = 'InvalidArgument'; Command = { Request-MacAddress $duid @asked -Timeout 0 } }
        @{ Case = 'no such address'; Id = 'Dhcpv6NoAddress'; Category = 'LimitsExceeded'; Command = { Request-MacAddress $duid @asked -Iaid 77 -Quadrant Reserved -Timeout 1500ms } }
        @{ Case = 'a server that is silent'; Id = 'Dhcpv6NoAnswer'; Category = 'ResourceUnavailable'; Command = { Request-MacAddress $duid @asked -LinkAddress 2001:db8::9 -Timeout 200ms } }
        @{ Case = 'nothing to give up'; Id = 'Dhcpv6NoBinding'; Category = 'ObjectNotFound'; Command = { Request-MacAddress $duid @asked -Iaid 78 -Release -Timeout 200ms } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes quadrants' {
        (Complete-Line 'Request-MacAddress a -Dhcpv6 -Quadrant ').CompletionText | Should -Be 'AAI', 'ELI', 'None', 'Reserved', 'SAI'
    }
}
