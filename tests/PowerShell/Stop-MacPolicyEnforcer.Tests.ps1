BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Lab.ps1
    $null = New-TestStore
    $obstacle = Get-LabObstacle
    if (-not $obstacle) {
        $lab = New-Lab
    }
}

AfterAll {
    if ($lab) {
        Remove-Lab $lab
    }
    Get-Job | Where-Object PSJobTypeName -EQ MacPolicyEnforcer | Remove-Job -Force
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Stop-MacPolicyEnforcer' {
    It 'leaves one that has ended as it is' {
        $job = Start-MacPolicyEnforcer -Path $ExampleCapture -Destination (Join-Path $TestDrive 'out.pcap') -Name ended | Wait-Job
        $job | Stop-MacPolicyEnforcer | Should -BeNullOrEmpty
        (Stop-MacPolicyEnforcer ended -PassThru).State | Should -Be 'Completed'
        (Stop-MacPolicyEnforcer -Id $job.Id -PassThru).Name | Should -Be 'ended'
        $job.State | Should -Be 'Completed'
    }

    It 'stops by pipeline, by property name, by name and by id, and says what was done' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            function Start-One { Start-MacPolicyEnforcer p1, p2 -Name one -WarningAction SilentlyContinue }
            $job = Start-One; $job | Stop-MacPolicyEnforcer; "$($job.State)"; $job | Remove-Job
            $job = Start-One; Get-MacPolicyEnforcer | Stop-MacPolicyEnforcer; "$($job.State)"; $job | Remove-Job
            $job = Start-One; Stop-MacPolicyEnforcer o*; "$($job.State)"; $job | Remove-Job
            $job = Start-One; "$((Stop-MacPolicyEnforcer -Id $job.Id -PassThru).State)"; $job | Remove-Job
            $job = Start-One; $job | Stop-Job; "$($job.State)"; $job | Remove-Job
            $job = Start-One; $job | Remove-Job -Force; "$($job.State) $(@(Get-Job).Count)"
'@
        $lines | Should -Be (@('Stopped') * 5 + 'Stopped 0')
    }

    It 'stops within 500 ms, and Wait-Job sees it' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $job = Start-MacPolicyEnforcer p1, p2 -WarningAction SilentlyContinue
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $job | Stop-MacPolicyEnforcer
            $watch.ElapsedMilliseconds
            (Wait-Job $job -Timeout 5).State
'@
        # The slack is for a machine that does other things too.
        [int]$lines[0] | Should -BeLessThan 1500
        $lines[1] | Should -Be 'Stopped'
    }

    It 'does nothing with -WhatIf' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $job = Start-MacPolicyEnforcer p1, p2 -WarningAction SilentlyContinue
            $job | Stop-MacPolicyEnforcer -WhatIf
            "$($job.State)"
'@
        $lines[-1] | Should -Be 'Running'
    }

    It 'fails with EnforcerNotFound: <Case>' -ForEach @(
        @{ Case = 'an unknown name'; Command = { Stop-MacPolicyEnforcer none } }
        @{ Case = 'an unknown id'; Command = { Stop-MacPolicyEnforcer -Id 99999 } }
    ) {
        $failure = Get-MacError $Command
        $failure.Id | Should -Be 'EnforcerNotFound'
        $failure.Category | Should -Be 'ObjectNotFound'
        $failure.Message | Should -Match '\.$'
    }

    It 'completes the names of those that run' {
        Skip-WithoutLab $obstacle
        $lines = Invoke-Lab $lab @'
            $null = Start-MacPolicyEnforcer p1, p2 -Name 'the one' -WarningAction SilentlyContinue
            $line = 'Stop-MacPolicyEnforcer -Name '
            [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
'@
        $lines | Should -Be "'the one'"
    }
}
