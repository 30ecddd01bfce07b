BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Import-MacConfiguration' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'makes the store equal to the document, and says what it changed' {
        $null = New-MacVlan 99 -Range 06-00-00-00-00-00/40
        $changes = Import-MacConfiguration $ExampleConfiguration -Confirm:$false
        $changes | ForEach-Object { $_ | Should -BeOfType MacSegmentation.Configuration.ConfigurationChange }
        $changes | Where-Object Action -EQ RemoveVlan | ForEach-Object VlanId | Should -Be 99
        $document = Get-Content $ExampleConfiguration -Raw | ConvertFrom-Json
        (Get-MacVlan).VlanId | Should -Be $document.vlans.id
        (Get-MacPolicy) | Should -HaveCount $document.vlans.policies.Count
        (Get-MacAllocation -VlanId 10).InstanceId | Should -Be $document.vlans[0].allocations.instanceId
        (Get-MacStore).Revision | Should -Be 2
    }

    It 'changes nothing where the store is equal' {
        $null = Import-MacConfiguration $ExampleConfiguration -Confirm:$false
        Import-MacConfiguration $ExampleConfiguration -Confirm:$false | Should -BeNullOrEmpty
        (Get-MacStore).Revision | Should -Be 1
    }

    It 'takes documents from the pipeline, by property name' {
        (Get-Item $ExampleConfiguration | Import-MacConfiguration -Confirm:$false) | Should -Not -BeNullOrEmpty
    }

    It 'shows the changes with -WhatIf, and makes none' {
        $path = (Get-MacStore).Path
        $lines = Invoke-Shell "`$null = Connect-MacStore '$path'; Import-MacConfiguration '$ExampleConfiguration' -WhatIf"
        ($lines -join "`n") | Should -Match "CreateVlan.*VLAN 10 'cameras'"
        ($lines -join "`n") | Should -Match 'AddPolicy.*10: .* in VLAN 20'
        (Get-MacStore).Revision | Should -Be 0
    }

    It 'asks first if the store would lose something, unless forced' {
        $path = (Get-MacStore).Path
        (Get-Command Import-MacConfiguration).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact |
            Should -Be 'High'
        $null = Invoke-Shell "`$null = Connect-MacStore '$path'; Import-MacConfiguration '$ExampleConfiguration'"
        (Get-MacVlan).VlanId | Should -Be 10, 20

        $null = New-MacVlan 99
        $lines = Invoke-Shell "`$null = Connect-MacStore '$path'; Import-MacConfiguration '$ExampleConfiguration'"
        "$lines" | Should -Match 'NonInteractive'
        (Get-MacVlan).VlanId | Should -Be 10, 20, 99

        $null = Invoke-Shell "`$null = Connect-MacStore '$path'; Import-MacConfiguration '$ExampleConfiguration' -Force"
        (Get-MacVlan).VlanId | Should -Be 10, 20
    }

    It 'asks first if the store would lose <What>' -ForEach @(
        @{ What = 'an interface'; Make = { $null = New-MacInterface extra -VlanId 10 } }
        @{ What = 'an address pair'; Make = { $null = Add-MacAddressPair web-1 -IPAddress 10.0.0.101 } }
        @{ What = 'a security group'; Make = { $null = New-MacSecurityGroup extra } }
        @{ What = 'a rule'; Make = { $null = Add-MacSecurityGroupRule web -Direction Inbound -Protocol Udp } }
        @{ What = 'a member'; Make = { Get-MacInterface client-1 | Add-MacSecurityGroupMember web } }
    ) {
        $document = Join-Path $RepositoryRoot 'docs/examples/web-and-clients.json'
        $path = (Get-MacStore).Path
        $null = Import-MacConfiguration $document -Confirm:$false
        $null = . $Make
        $lines = Invoke-Shell "`$null = Connect-MacStore '$path'; Import-MacConfiguration '$document'"
        "$lines" | Should -Match 'NonInteractive'
        (Get-MacStore).Revision | Should -Be 2
        $null = Import-MacConfiguration $document -Force
        Import-MacConfiguration $document -Force | Should -BeNullOrEmpty
        (Get-MacStore).Revision | Should -Be 3
    }

    It 'fails with <Id>: <Case>' -ForEach @(
        @{ Case = 'no file'; Id = 'ConfigurationNotFound'; Category = 'ObjectNotFound'; Text = $null }
        @{ Case = 'no JSON'; Id = 'ConfigurationInvalid'; Category = 'InvalidData'; Text = 'vlans: []' }
        @{ Case = 'an unknown member'; Id = 'ConfigurationInvalid'; Category = 'InvalidData'; Text = '{ "vlans": [ { "id": 10, "ranges": [], "colour": "red" } ] }' }
        @{ Case = 'a wrong type'; Id = 'ConfigurationInvalid'; Category = 'InvalidData'; Text = '{ "vlans": [ { "id": "ten", "ranges": [] } ] }' }
        @{ Case = 'VLAN 0'; Id = 'InvalidVlanId'; Category = 'InvalidArgument'; Text = '{ "vlans": [ { "id": 0, "ranges": [] } ] }' }
        @{ Case = 'overlapping ranges'; Id = 'RangeOverlap'; Category = 'ResourceExists'; Text = '{ "vlans": [ { "id": 1, "ranges": [ "06:00:00:00:00:00/40" ] }, { "id": 2, "ranges": [ "06:00:00:00:00:00/40" ] } ] }' }
    ) {
        $path = Join-Path $TestDrive 'document.json'
        Remove-Item $path -ErrorAction Ignore
        if ($Text) {
            Set-Content $path $Text
        }
        $failure = Get-MacError { Import-MacConfiguration $path -Confirm:$false }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match '\.$'
    }

    It 'names the line of what is wrong' {
        $path = Join-Path $TestDrive 'wrong.json'
        Set-Content $path "{`n  `"vlans`": [`n    { `"id`": 10, `"ranges`": [ `"x`" ] }`n  ]`n}"
        (Get-MacError { Import-MacConfiguration $path -Confirm:$false }).Message | Should -Match 'line 3|\(3,|:3'
    }
}
