BeforeAll {
    . $PSScriptRoot/Support.ps1
}

AfterAll {
    Disconnect-MacStore -ErrorAction Ignore
}

Describe 'Add-MacSecurityTrigger' {
    BeforeEach {
        New-QuarantineStore
    }

    It 'adds a trigger and writes it' {
        $trigger = Add-MacSecurityTrigger scan 'denials>50 within 10' -AddTag quarantined, @{ why = 'scan' } -RemoveTag prod -For 15m
        "$($trigger.Name) $($trigger.When) $($trigger.For) $($trigger.InForce) $($trigger.IsDryRun) $($trigger.IsDisabled)" | Should -Be 'scan Denials > 50 within 10s 00:15:00 0 False False'
        "$($trigger.AddTag)" | Should -Be 'quarantined {"why":"scan"}'
        "$($trigger.RemoveTag)" | Should -Be 'prod'
        (Get-MacAuditEvent -Newest 1).Action | Should -Be AddSecurityTrigger
    }

    It 'watches a partition or one interface, for a time or until it is lifted' {
        (Add-MacSecurityTrigger a 'ArpRate > 200' -AddTag quarantined -Partition QUARANTINE).Partition | Should -Be quarantine
        (Add-MacSecurityTrigger b 'ArpRate > 200' -AddTag quarantined -Interface WEB-1 -For 0).Interface | Should -Be web-1
        (Get-MacSecurityTrigger b).For | Should -BeNullOrEmpty
    }

    It 'refuses <Id> and changes nothing' -ForEach @(
        @{ Id = 'InvalidCondition'; Given = @{ When = 'Denials > 50' } }
        @{ Id = 'InvalidCondition'; Given = @{ When = '' } }
        @{ Id = 'ConditionAlwaysMet'; Given = @{ When = 'ArpRate < 5' } }
        @{ Id = 'InterfaceTriggerExempt'; Given = @{ Interface = 'router' } }
        @{ Id = 'InterfaceNotFound'; Given = @{ Interface = 'nobody' } }
        @{ Id = 'PartitionNotFound'; Given = @{ Partition = 'none' } }
        @{ Id = 'InvalidSecurityTriggerScope'; Given = @{ Partition = 'quarantine'; Interface = 'web-1' } }
        @{ Id = 'InvalidSecurityTriggerTime'; Given = @{ For = '1ms' } }
        @{ Id = 'SecurityTriggerWithoutTags'; Given = @{ AddTag = @() } }
        @{ Id = 'InvalidSecurityTriggerName'; Given = @{ Name = '' } }
    ) {
        $all = @{ Name = 'scan'; When = 'ArpRate > 200'; AddTag = 'quarantined' } + @{}
        foreach ($key in $Given.Keys) { $all[$key] = $Given[$key] }
        (Get-MacError { Add-MacSecurityTrigger @all }).Id | Should -Be $Id
        Get-MacSecurityTrigger | Should -BeNullOrEmpty
    }

    It 'warns where no partition asks for the tag' {
        $null = Add-MacSecurityTrigger scan 'ArpRate > 200' -AddTag seen -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*No partition asks for a tag of security trigger 'scan'*"
    }

    It 'takes triggers from CSV, as Export-Csv wrote them' {
        $null = Add-MacSecurityTrigger scan 'Denials > 50 within 10s' -AddTag quarantined, 42 -For 15m -DryRun
        $file = Join-Path $TestDrive triggers.csv
        Get-MacSecurityTrigger | Export-Csv $file
        Remove-MacSecurityTrigger scan
        $again = Import-Csv $file | Add-MacSecurityTrigger
        "$($again.Name) $($again.When) $($again.AddTag) $($again.RemoveTag) $($again.For) $($again.IsDryRun)" | Should -Be 'scan Denials > 50 within 10s quarantined 42  00:15:00 True'
    }

    It 'completes conditions by the metrics, partitions and interfaces' {
        $line = 'Add-MacSecurityTrigger scan -When '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain "'SpoofRefusals > 50 within 10s'"
        $line = 'Add-MacSecurityTrigger scan -Partition '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be quarantine
        $line = 'Add-MacSecurityTrigger scan -Interface we'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be web-1
    }

    It 'is in the document, and comes back from it' {
        $null = Add-MacSecurityTrigger scan 'Denials > 50 within 10s' -AddTag quarantined -For 15m -Interface web-1
        $file = Join-Path $TestDrive all.json
        Export-MacConfiguration $file
        Remove-MacSecurityTrigger scan
        $null = Import-MacConfiguration $file -Confirm:$false
        $trigger = Get-MacSecurityTrigger
        "$($trigger.Name) $($trigger.When) $($trigger.Interface) $($trigger.For)" | Should -Be 'scan Denials > 50 within 10s web-1 00:15:00'
        (Get-MacInterface router).TriggerExempt | Should -BeTrue
    }
}
