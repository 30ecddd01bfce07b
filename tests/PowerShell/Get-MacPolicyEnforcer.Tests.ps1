BeforeAll {
    . $PSScriptRoot/Support.ps1
    Get-MacPolicyEnforcer | ForEach-Object { Get-Job -Id $_.Id | Remove-Job -Force }
    $null = New-TestStore
    $null = Import-MacConfiguration $ExampleConfiguration -Confirm:$false
    $jobs = 'first', 'second' | ForEach-Object {
        Start-MacPolicyEnforcer -Path $ExampleCapture -Destination (Join-Path $TestDrive "$_.pcap") -Name $_ | Wait-Job
    }
}

AfterAll {
    $jobs | Remove-Job
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Get-MacPolicyEnforcer' {
    It 'shows all of the session''s enforcers' {
        $all = Get-MacPolicyEnforcer
        $all | ForEach-Object { $_ | Should -BeOfType MacSegmentation.Enforcers.MacPolicyEnforcer }
        $all.Name | Should -Be 'first', 'second'
        $all.Id | Should -Be $jobs.Id
    }

    It 'shows frames and bytes in, forwarded, denied and dropped by reason, rates, the store''s revision and the table''s age' {
        $enforcer = Get-MacPolicyEnforcer first
        $enforcer.State | Should -Be 'Completed'
        $enforcer.FramesForwarded + $enforcer.FramesDenied + $enforcer.FramesDropped | Should -Be $enforcer.FramesIn
        $enforcer.BytesForwarded + $enforcer.BytesDenied + $enforcer.BytesDropped | Should -Be $enforcer.BytesIn
        ($enforcer.DroppedByReason.Values | Measure-Object -Sum).Sum | Should -Be $enforcer.FramesDropped
        $enforcer.DroppedByReason['Malformed'] | Should -BeGreaterThan 0
        $enforcer.FramesLost | Should -Be 0
        $enforcer.FramesInPerSecond | Should -BeGreaterThan 0
        $enforcer.StoreRevision | Should -Be (Get-MacStore).Revision
        $enforcer.TableAge | Should -BeGreaterThan $enforcer.Elapsed
        $enforcer.IsStoreReachable | Should -BeTrue
        $enforcer.Directions | Should -HaveCount 1
        $enforcer.Ports | Should -HaveCount 0
        $enforcer.FlowStatistics | Should -BeNullOrEmpty
        $enforcer.FramesAnswered | Should -Be 0
        $enforcer.PolicyHits | Should -BeNullOrEmpty
    }

    It 'counts the hits of each policy with -Detailed' {
        $enforcer = Get-MacPolicyEnforcer -Name first -Detailed
        $enforcer.PolicyHits.Policy.PolicyId | Should -Be (Get-MacPolicy).PolicyId
        ($enforcer.PolicyHits | Where-Object { $_.Policy.Action -eq 'Drop' } | Measure-Object Frames -Sum).Sum | Should -Be $enforcer.DroppedByReason['Policy']
    }

    It 'finds them by name, by id and by job' {
        (Get-MacPolicyEnforcer s*).Name | Should -Be 'second'
        (Get-MacPolicyEnforcer -Name second, first).Name | Should -Be 'second', 'first'
        (Get-MacPolicyEnforcer -Id $jobs[1].Id).Name | Should -Be 'second'
        (Get-MacPolicyEnforcer -Job $jobs[0]).Name | Should -Be 'first'
        Get-MacPolicyEnforcer none* | Should -BeNullOrEmpty
    }

    It 'takes jobs from the pipeline, by value, and ids by property name' {
        ($jobs | Get-MacPolicyEnforcer).Name | Should -Be 'first', 'second'
        (Get-MacPolicyEnforcer | Get-MacPolicyEnforcer -Detailed).PolicyHits | Should -Not -BeNullOrEmpty
    }

    It 'fails with EnforcerNotFound: <Case>' -ForEach @(
        @{ Case = 'an unknown name'; Command = { Get-MacPolicyEnforcer none } }
        @{ Case = 'an unknown id'; Command = { Get-MacPolicyEnforcer -Id 99999 } }
        @{ Case = 'another job'; Command = { $other | Get-MacPolicyEnforcer } }
    ) {
        $other = Start-ThreadJob { }
        try {
            $failure = Get-MacError $Command
            $failure.Id | Should -Be 'EnforcerNotFound'
            $failure.Category | Should -Be 'ObjectNotFound'
        }
        finally {
            $other | Remove-Job -Force
        }
    }

    It 'completes names' {
        (Complete-Line 'Get-MacPolicyEnforcer -Name f').CompletionText | Should -Be 'first'
    }
}
