# What macseg tells of a record and what cmdlets write of it is described once, beside the record.
BeforeAll {
    . $PSScriptRoot/Support.ps1
}

Describe 'What is told of' {
    It '<Told> is on <Written> too' -ForEach @(
        @{ Told = 'MacSegmentation.Counting.TrafficCounts'; Written = 'MacSegmentation.Enforcers.MacPolicyEnforcer' }
        @{ Told = 'MacSegmentation.ProviderRuntime.ProviderStatus'; Written = 'MacSegmentation.Providers.MacProviderJob' }
    ) {
        $written = ($Written -as [type]).GetProperties().Name
        $members = ($Told -as [type])::Report.Members
        $members.Count | Should -BeGreaterThan 5
        $members.Property.Where({ $_ -notin $written }) | Should -BeNullOrEmpty
    }
}
