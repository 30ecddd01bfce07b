BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/FakeService.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Remove-MacHandle' {
    BeforeEach {
        New-ExampleStore
        $null = 'urn:x:a', 'urn:x:b' | Request-MacAddress -VlanId 10
        $null = Request-MacAddress urn:x:vm 20 -InstanceId vm-1
        $null = Request-MacAddress urn:x:vm 20 -InstanceId vm-2 -Intent Copy
    }

    It 'gives an address up, and gets it again' {
        Remove-MacHandle URN:X:a | Should -BeNullOrEmpty
        (Get-MacHandle urn:x:a).State | Should -Be 'Released'
        (Get-MacAllocation 10).Handle | Should -Be 'urn:x:b'
        $again = Request-MacAddress urn:x:a 10
        "$($again.MacAddress) $($again.Outcome)" | Should -Be '00:1a:2b:3c:40:00 Restored'
    }

    It 'takes handles from the pipeline, and writes them as they are now' {
        $released = 'urn:x:a', 'urn:x:b' | Remove-MacHandle -PassThru
        $released.State | Should -Be 'Released', 'Released'
        $released.MacAddress | Should -Be '00:1a:2b:3c:40:00', '00:1a:2b:3c:40:01'
    }

    It 'gives up a clone''s address, and not that of the handle itself' {
        Get-MacHandle -InstanceId vm-2 | Remove-MacHandle
        (Get-MacHandle urn:x:vm).State | Should -Be 'Held', 'Released'
        [pscustomobject]@{ Handle = 'urn:x:vm'; VMName = 'vm-1' } | Remove-MacHandle
        (Get-MacHandle urn:x:vm).State | Should -Be 'Released', 'Released'
    }

    It 'does nothing with -WhatIf' {
        Get-MacHandle | Remove-MacHandle -WhatIf
        Get-MacHandle -State Held | Should -HaveCount 4
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an unknown handle'; Id = 'HandleNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacHandle urn:x:c } }
        @{ Case = 'an unknown instance'; Id = 'HandleNotFound'; Category = 'ObjectNotFound'; Command = { Remove-MacHandle urn:x:vm -InstanceId vm-9 } }
        @{ Case = 'an empty handle'; Id = 'InvalidHandle'; Category = 'InvalidArgument'; Command = { Remove-MacHandle '' } }
        @{ Case = 'one that has no address'; Id = 'HandleNotHeld'; Category = 'InvalidOperation'; Command = { Remove-MacHandle urn:x:a }; Prepare = { Remove-MacHandle urn:x:a } }
        @{ Case = 'an interface record''s address'; Id = 'AllocationInUse'; Category = 'ResourceBusy'; Command = { Remove-MacHandle urn:x:a }; Prepare = { $null = New-MacInterface web-1 10 -MacAddress 00:1a:2b:3c:40:00 -InstanceId urn:x:a } }
    ) {
        if ($Prepare) { & $Prepare }
        $failure = Get-MacError $Command
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'completes handles' {
        (Complete-Line 'Remove-MacHandle urn').CompletionText | Should -Be 'urn:x:a', 'urn:x:b', 'urn:x:vm'
    }
}

Describe 'Remove-MacHandle at a service' {
    BeforeEach {
        $null = New-TestStore
        $service = New-FakeService
    }

    AfterEach {
        $service.Dispose()
    }

    It 'names the handle in the address, whatever signs it has' {
        Add-FakeAnswer $service 200 @{ handle = 'urn:x/a?b#c%'; vlanId = 10; macAddress = '02:00:5e:10:00:07'; state = 'released'; instanceId = 'vm 1' }
        $released = Remove-MacHandle 'urn:x/a?b#c%' -InstanceId 'vm 1' -Uri $service.Uri -Token t -PassThru
        "$($released.Handle) $($released.State) $($released.MacAddress)" | Should -Be 'urn:x/a?b#c% Released 02:00:5e:10:00:07'
        $sent = $service.Requests.ToArray()[0]
        "$($sent.Method) $($sent.Path)" | Should -Be 'DELETE /v1/addresses/urn%3Ax%2Fa%3Fb%23c%25?instanceId=vm%201'
        $sent.Headers['Authorization'] | Should -Be 'Bearer t'
    }

    It 'asks again with the same key when an answer was lost' {
        Add-FakeAnswer $service 0
        Add-FakeAnswer $service 204
        Remove-MacHandle urn:x:a -Uri $service.Uri -Token t
        $keys = $service.Requests.ToArray().ForEach({ $_.Headers['Idempotency-Key'] })
        $keys | Should -HaveCount 2
        $keys[1] | Should -Be $keys[0]
    }

    It 'is content with an answer that says nothing' {
        Add-FakeAnswer $service 204
        (Remove-MacHandle urn:x:a -Uri $service.Uri -Token t -PassThru).State | Should -Be 'Released'
    }

    It 'passes on what the service refuses' {
        Add-FakeAnswer $service 404 @{ detail = 'The handle is not known.'; errorId = 'HandleNotFound' }
        $failure = Get-MacError { Remove-MacHandle urn:x:a -Uri $service.Uri -Token t }
        "$($failure.Id) $($failure.Category) $($failure.Message)" | Should -Be 'HandleNotFound ObjectNotFound The handle is not known.'
    }

    It 'asks nothing with -WhatIf' {
        Remove-MacHandle urn:x:a -Uri $service.Uri -Token t -WhatIf
        $service.Requests.Count | Should -Be 0
    }
}
