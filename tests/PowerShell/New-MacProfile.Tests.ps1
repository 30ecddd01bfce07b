BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'New-MacProfile' {
    BeforeEach {
        New-ExampleStore
    }

    It 'makes a line whose directions differ' {
        $profile = New-MacProfile branch-dsl -IngressBandwidth 16mbit -EgressBandwidth 1mbit -Latency 25ms -Jitter 5ms -LossRate 0.2% -Priority 2 -AddressRange 02-10-00-00-00-00/32
        "$($profile.Ingress)" | Should -BeExactly 'Bandwidth=16mbit Latency=25ms Jitter=5ms LossRate=0.2%'
        "$($profile.Egress)" | Should -BeExactly 'Bandwidth=1mbit Latency=25ms Jitter=5ms LossRate=0.2%'
        $profile.Priority | Should -Be 2
        "$($profile.AddressRange)" | Should -Be '02:10:00:00:00:00-02:10:00:00:ff:ff'
        (Get-MacProfile).Name | Should -Be branch-dsl
    }

    It 'takes every value, in the form that people write' {
        $all = @{
            Burst = 3000; EgressBurst = 64; Latency = '1.5s'; IngressLatency = '500us'; Jitter = '10ms'; JitterBound = 'Fold'; Distribution = 'Pareto'; JitterCorrelation = '25%'
            Reorder = $true; ReorderRate = '1'; BurstLoss = '1%', '10%', '50%'; DuplicateRate = '0.0001%'; CorruptRate = 100; QueueLimit = 10; QueueTime = '50ms'; QueueManagement = 'FqCoDel'
            EcnMarking = $true; Dscp = 46; SchedulingClass = 'Strict'; MaxSegmentSize = 1400; MaxWindowScale = 7; AllowEcn = $false; Description = 'all of it'; Bandwidth = 1000000
        }
        $profile = New-MacProfile all @all
        "$($profile.Ingress)" | Should -BeExactly ('Bandwidth=1mbit Burst=3000 Latency=500us Jitter=10ms Distribution=Pareto JitterCorrelation=25% JitterBound=Fold Reorder=True BurstLoss=1%,10%,50%,0% ' +
            'DuplicateRate=0.0001% CorruptRate=100% ReorderRate=1% QueueLimit=10 QueueTime=50ms QueueManagement=FqCoDel EcnMarking=True')
        $profile.Egress.Burst | Should -Be 64
        "$($profile.Dscp) $($profile.SchedulingClass) $($profile.MaxSegmentSize) $($profile.MaxWindowScale) $($profile.AllowEcn) $($profile.Description)" | Should -Be '46 Strict 1400 7 False all of it'
    }

    It 'derives one from a preset, and from another profile' {
        $lte = New-MacProfile x -From LTE -LossRate 1%
        "$($lte.Ingress) $($lte.Preset)" | Should -BeExactly 'Bandwidth=12mbit Latency=35ms LossRate=1% lte'
        $lte.Description | Should -BeNullOrEmpty
        $other = New-MacProfile y -From x -EgressBandwidth 1mbit
        "$($other.Ingress); $($other.Egress); $($other.Preset)" | Should -BeExactly 'Bandwidth=12mbit Latency=35ms LossRate=1%; Bandwidth=1mbit Latency=35ms LossRate=1%; lte'
        (New-MacProfile z -From datacenter).Preset | Should -Be datacentre
    }

    It 'takes a number as bits a second, as PowerShell makes one of 10mb' {
        $number = 10mb
        (New-MacProfile x -Bandwidth $number).Ingress.Bandwidth.BitsPerSecond | Should -Be 10485760
    }

    It 'refuses <Words> and says the way out' -ForEach @(
        @{ Words = 'octets'; Given = { New-MacProfile y -Bandwidth 10mb }; Id = 'ParameterArgumentTransformationError'; Hint = '10mbit' }
        @{ Words = 'octets a second'; Given = { New-MacProfile y -Bandwidth 1.5GB/s }; Id = 'ParameterArgumentTransformationError'; Hint = '1.5gbit' }
        @{ Words = 'a time without a unit'; Given = { New-MacProfile y -Latency 25 }; Id = 'ParameterArgumentTransformationError'; Hint = '25ms' }
        @{ Words = 'a fraction without a sign'; Given = { New-MacProfile y -LossRate 0.2 }; Id = 'ParameterArgumentTransformationError'; Hint = '0.2%' }
        @{ Words = 'half a loss in bursts'; Given = { New-MacProfile y -BurstLoss 1% }; Id = 'ParameterArgumentTransformationError'; Hint = '1%,10%' }
        @{ Words = 'an unknown distribution'; Given = { New-MacProfile y -Distribution Flat }; Id = 'ParameterArgumentTransformationError'; Hint = 'Pareto' }
        @{ Words = 'too little bandwidth'; Given = { New-MacProfile y -Bandwidth 10bit }; Id = 'InvalidBandwidth'; Hint = '1kbit' }
        @{ Words = 'a negative latency'; Given = { New-MacProfile y -Latency -5ms }; Id = 'InvalidLatency'; Hint = '25ms' }
        @{ Words = 'jitter above the latency'; Given = { New-MacProfile y -Latency 1ms -Jitter 5ms }; Id = 'JitterAboveLatency'; Hint = '-JitterBound' }
        @{ Words = 'more loss than all'; Given = { New-MacProfile y -LossRate 101% }; Id = 'InvalidLossRate'; Hint = '100%' }
        @{ Words = 'loss twice'; Given = { New-MacProfile y -LossRate 1% -BurstLoss 1%,10% }; Id = 'LossGivenTwice'; Hint = '-BurstLoss' }
        @{ Words = 'a burst of never'; Given = { New-MacProfile y -BurstLoss 0%,10% }; Id = 'InvalidBurstLoss'; Hint = '1%,10%' }
        @{ Words = 'a priority of 8'; Given = { New-MacProfile y -Priority 8 }; Id = 'InvalidPriority'; Hint = '0 to 7' }
        @{ Words = 'a name that is there'; Given = { New-MacProfile THERE }; Id = 'ProfileExists'; Hint = 'Set-MacProfile' }
        @{ Words = 'a model that is none'; Given = { New-MacProfile y -From teletype }; Id = 'ProfileNotFound'; Hint = 'Get-MacProfile -Preset' }
    ) {
        $null = New-MacProfile there
        $failure = Get-MacError $Given
        $failure.Id | Should -Be $Id
        $failure.Message | Should -BeLike "*$Hint*"
    }

    It 'says what it would do' {
        New-MacProfile x -From lte -WhatIf
        Get-MacProfile | Should -BeNullOrEmpty
    }

    It 'makes the same profile of what was saved' {
        $before = New-MacProfile x -From wifi-bad -EgressLatency 30ms -Priority 3 -AddressRange 02-10-00-00-00-00/32 -AllowEcn $false -SchedulingClass Weighted -Description 'to keep'
        $file = Join-Path $TestDrive profiles.csv
        Get-MacProfile | Export-Csv $file
        Remove-MacProfile x
        $again = Import-Csv $file | New-MacProfile
        $again | Should -Be $before
    }

    It 'completes models, units and choices' {
        (TabExpansion2 'New-MacProfile x -From sat' 26).CompletionMatches.CompletionText | Should -Be 'satellite-geo', 'satellite-leo'
        (TabExpansion2 'New-MacProfile x -Bandwidth 10' 30).CompletionMatches.CompletionText | Should -Contain '10mbit'
        (TabExpansion2 'New-MacProfile x -Latency ' 26).CompletionMatches.CompletionText | Should -Contain '25ms'
        (TabExpansion2 'New-MacProfile x -LossRate ' 27).CompletionMatches.CompletionText | Should -Contain '0.1%'
        (TabExpansion2 'New-MacProfile x -QueueManagement F' 35).CompletionMatches.CompletionText | Should -Be FqCoDel
    }
}
