BeforeAll {
    . $PSScriptRoot/Support.ps1
    New-ExampleStore
    $null = New-MacAllocation 10 vm-1 -Reason 'CHG-1'
    $web = New-MacInterface web-1 10 10.0.0.11/24 -InstanceId web
    $null = Add-MacAddressPair web-1 10.0.0.100 -MacAddress 00-00-5e-00-01-07
    $null = Add-MacAddressPair web-1 10.0.0.101
    $null = Add-MacPolicy 10 00:1a:2b:00:00:00/24 * Deny
    $null = Add-MacPolicy 10 * 00:1a:2b:3c:40:00 Drop
    $null = Add-MacPolicy 20 * * Deny
    $device = Request-MacAddress urn:x:1 10 -InstanceId plc
    $null = New-MacProvider site-a | Grant-MacBlock -VlanId 10 -Count 4
    $null = New-MacAllocation 10 gone | Remove-MacAllocation
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Find-MacAddress' {
    It 'says who has an address, what matches it and what happened to it' {
        $use = Find-MacAddress 00-1A-2B-3C-40-00
        $use | Should -BeOfType MacSegmentation.Finding.MacAddressUse
        $use.State | Should -Be Allocated
        $use.VlanId, $use.VlanName, $use.InstanceId | Should -Be 10, cameras, vm-1
        $use.Allocation.InstanceId | Should -Be vm-1
        $use.Policy.Policy.Action | Should -Be Deny, Drop
        $use.Policy.Matches | Should -Be 'Source, Destination', 'Source, Destination'
        $use.History.Action | Should -Be AllocateAddress
        $use.History.Reason | Should -Be 'CHG-1'
    }

    It 'finds a record by its MAC address and its IP addresses' {
        foreach ($text in "$($web.MacAddress)", '10.0.0.11', '10.0.0.11/24', '10.0.0.101') {
            $use = Find-MacAddress $text
            $use.MacAddress | Should -Be $web.MacAddress
            $use.Interface.Name | Should -Be web-1
            $use.AddressPair.IPAddress | Should -Be 10.0.0.101
            $use.History.Action | Should -Be AllocateAddress, CreateInterface, AddAddressPair
        }
    }

    It 'finds a pair by its own address' {
        foreach ($text in '00:00:5e:00:01:07', '10.0.0.100') {
            $use = Find-MacAddress $text
            $use.State | Should -Be OutOfPool
            $use.AddressPair.InterfaceName | Should -Be web-1
            $use.VlanId | Should -Be 10
        }
    }

    It 'finds handles, blocks, and what is free, held down or of no pool' {
        (Find-MacAddress $device.MacAddress).Handle.Handle | Should -Be urn:x:1
        $block = Get-MacBlock site-a
        $use = Find-MacAddress $block.Range.First
        $use.State | Should -Be Delegated
        $use.Block.Provider | Should -Be site-a
        (Find-MacAddress 00:1a:2b:3c:4f:00).State | Should -Be Free
        (Find-MacAddress 02:ff:ff:ff:ff:ff).State | Should -Be OutOfPool
        (Get-MacAuditEvent -Action ReleaseAddress).Subject | Find-MacAddress | ForEach-Object State | Should -Be HeldDown
    }

    It 'finds all that an instance has, in any case' {
        (Find-MacAddress VM-1).InstanceId | Should -Be vm-1
        (Find-MacAddress web).Interface.Name | Should -Be web-1
        (Find-MacAddress web-1).Interface.Name | Should -Be web-1
    }

    It 'takes objects from the pipeline, by the address that they have' {
        (Get-MacInterface web-1 | Find-MacAddress).MacAddress | Should -Be $web.MacAddress
        (Get-MacAllocation -InstanceId vm-1 | Find-MacAddress).InstanceId | Should -Be vm-1
        ([pscustomobject]@{ VMName = 'vm-1' } | Find-MacAddress).InstanceId | Should -Be vm-1
        ([pscustomobject]@{ LinkLayerAddress = '00-1A-2B-3C-40-00' } | Find-MacAddress).InstanceId | Should -Be vm-1
        ('10.0.0.11', 'vm-1' | Find-MacAddress).InstanceId | Should -Be web, vm-1
    }

    It 'shows as much history as it is asked for' {
        (Find-MacAddress $web.MacAddress -Newest 1).History.Action | Should -Be AddAddressPair
        (Find-MacAddress $web.MacAddress -Newest 0).History | Should -BeNullOrEmpty
    }

    It 'shows what there is as a list, and a table that fits' {
        $list = Find-MacAddress vm-1 | Out-String -Width 80
        $list | Should -Match '(?m)^MacAddress +: 00:1a:2b:3c:40:00'
        $list | Should -Match '(?m)^Instance +: vm-1'
        $list | Should -Not -Match '(?m)^Handle'
        $lines = (Find-MacAddress vm-1 | Format-Table | Out-String -Width 80) -split '\n'
        $lines[1] | Should -Match 'MacAddress +State +VlanId InstanceId +Interface'
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'an IP address of nobody'; Id = 'AddressNotFound'; Text = '10.9.9.9' }
        @{ Case = 'an instance of that name'; Id = 'AddressNotFound'; Text = 'nobody' }
    ) {
        $failure = Get-MacError { Find-MacAddress $Text }
        $failure.Id | Should -Be $Id
        $failure.Message | Should -Match '\.$'
    }

    It 'completes addresses and instances' {
        (Complete-Line 'Find-MacAddress 00:1a:2b:3c:40:00').CompletionText | Should -Contain '00:1a:2b:3c:40:00'
        (Complete-Line 'Find-MacAddress 10.0.0.1').CompletionText | Should -Contain '10.0.0.11'
        (Complete-Line 'Find-MacAddress vm').CompletionText | Should -Contain 'vm-1'
    }
}
