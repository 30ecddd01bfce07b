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
        (TabExpansion2 'New-MacProfile x -LossRate ' 27).CompletionMatches.CompletionText | Should -Contain "'0.1%'"
        (TabExpansion2 'New-MacProfile x -QueueManagement F' 35).CompletionMatches.CompletionText | Should -Be FqCoDel
    }

    It 'replays a recording, in the store from then on, and writes it out again' {
        $file = Join-Path $TestDrive drive.csv
        'time,rate,delay,loss', '0,10mbit,25ms,0.1%', '1.5,0,,', '2,2mbit,80ms,1%' | Set-Content $file
        $profile = New-MacProfile road -Trace $file -TraceOnce
        $profile.Ingress | Should -Be $profile.Egress
        $profile.Ingress.Trace.Describe() | Should -Match '^Csv, 3 rows, 2500ms, once, [0-9a-f]{12}$'
        Remove-Item $file
        (Get-MacProfile road).Egress.Trace.ToFileText() | Should -Be "time,rate,delay,loss`n0,10mbit,25ms,0.1%`n1.5,0bit,25ms,0.1%`n2,2mbit,80ms,1%`n"
        1, 5, 5, 12 | Set-Content $file
        $one = New-MacProfile cell -Latency 20ms -EgressTrace $file -TraceFormat Mahimahi
        "$($one.Ingress.Trace) $($one.Egress.Trace.Format) $($one.Egress.Trace.Length) $($one.Egress.Latency)" | Should -Be ' Mahimahi 4 00:00:00.0200000'
        (Get-MacAuditEvent | Where-Object Subject -EQ cell).Detail | Should -BeLike '*Trace=(Mahimahi, 4 deliveries, 12ms, looped, *'
        ($one | Format-List | Out-String).Length | Should -BeLessThan 1000
        ($one | Format-Table | Out-String) | Should -BeLike '*trace*'
        (New-MacProfile other -From cell -EgressTrace $null).Egress.Trace | Should -BeNullOrEmpty
    }

    It 'makes the same recording of what was saved' {
        1, 5, 5, 12 | Set-Content (Join-Path $TestDrive t.up)
        $before = New-MacProfile cell -Trace (Join-Path $TestDrive t.up) -TraceOnce
        foreach ($form in { $_ | ConvertTo-Csv | ConvertFrom-Csv }, { $_ | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json }, { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) }) {
            $saved = $before | ForEach-Object $form
            Remove-MacProfile cell
            $saved | New-MacProfile | Should -Be $before
        }
    }

    It 'refuses a recording that is none, with its line' {
        $file = Join-Path $TestDrive bad.csv
        'time,delay', '0,25ms', '1,25' | Set-Content $file
        $failure = Get-MacError { New-MacProfile y -Trace $file }
        "$($failure.Id) $($failure.Message)" | Should -BeLike "InvalidTrace *line 3: '25' has no unit*"
        (Get-MacError { New-MacProfile y -Trace (Join-Path $TestDrive none.csv) }).Id | Should -Be TraceNotFound
        Get-MacProfile | Should -BeNullOrEmpty
    }

    It 'fits a profile to what it made of a capture' {
        $null = New-TestStore
        $near = Join-Path $PSScriptRoot ../../docs/examples/cameras-and-plc.pcap
        $far = Join-Path $TestDrive far.pcap
        $null = New-MacProfile far -Latency 40ms
        $null = Start-MacPolicyEnforcer -Path $near -Destination $far -Profile far -ProfileDirection Egress | Wait-Job
        $fit = New-MacProfile fitted -FromCapture $near, $far -ClockOffset 0ms -WarningVariable warned -WarningAction SilentlyContinue
        $fit.Egress.Latency | Should -Be ([timespan]::FromMilliseconds(40))
        "$($fit.Ingress)" | Should -Be None
        "$warned" | Should -BeLike '*may carry more*'
        (New-MacProfile other -FromCapture $near, $far -Bandwidth 5mbit -WarningAction SilentlyContinue).Egress.Bandwidth.BitsPerSecond | Should -Be 5000000
        (Get-MacError { New-MacProfile y -FromCapture $near, (Join-Path $TestDrive none.pcap) }).Id | Should -Be CaptureNotFound
    }
}
