@{
    RootModule           = 'bin/MacSegmentation.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '0f6d2c0e-6d0a-4b5e-9a6b-6f2f0c1f7b53'
    Author               = 'MacSegmentation contributors'
    CompanyName          = 'MacSegmentation contributors'
    Copyright            = '(c) MacSegmentation contributors'
    Description          = 'Gives out MAC addresses from pools per VLAN in a shared store, and enforces policies by source, destination and VLAN on frames that pass between two interfaces, through a switch with any number of ports, or from one capture file to another.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('bin/Views/MacSegmentation.Types.ps1xml', 'bin/Views/Values.Types.ps1xml')
    FormatsToProcess     = @(
        'bin/Views/MacStore.Format.ps1xml'
        'bin/Views/MacBackup.Format.ps1xml'
        'bin/Views/MacAddressUse.Format.ps1xml'
        'bin/Views/MacRevision.Format.ps1xml'
        'bin/Views/MacVlan.Format.ps1xml'
        'bin/Views/MacPolicy.Format.ps1xml'
        'bin/Views/MacInterface.Format.ps1xml'
        'bin/Views/MacSecurityGroup.Format.ps1xml'
        'bin/Views/MacPartition.Format.ps1xml'
        'bin/Views/MacSecurityTrigger.Format.ps1xml'
        'bin/Views/MacProfile.Format.ps1xml'
        'bin/Views/MacSession.Format.ps1xml'
        'bin/Views/MacNicMetric.Format.ps1xml'
        'bin/Views/MacHandle.Format.ps1xml'
        'bin/Views/MacProvider.Format.ps1xml'
        'bin/Views/MacStoreCollision.Format.ps1xml'
        'bin/Views/MacPolicyEnforcer.Format.ps1xml'
        'bin/Views/MacForwardingEntry.Format.ps1xml'
        'bin/Views/MacFrameTest.Format.ps1xml'
        'bin/Views/MacCaptureDevice.Format.ps1xml'
        'bin/Views/MacEventSubscription.Format.ps1xml'
        'bin/Views/MacService.Format.ps1xml'
        'bin/Views/MacConfiguration.Format.ps1xml'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Connect-MacStore', 'Disconnect-MacStore', 'Get-MacStore', 'Set-MacStore', 'Compare-MacStore', 'Copy-MacStore', 'Backup-MacStore', 'Restore-MacStore'
        'New-MacVlan', 'Get-MacVlan', 'Set-MacVlan', 'Remove-MacVlan'
        'New-MacAllocation', 'Get-MacAllocation', 'Remove-MacAllocation'
        'Get-MacPool', 'Find-MacAddress', 'Import-MacAllocation'
        'Add-MacReservation', 'Get-MacReservation', 'Set-MacReservation', 'Remove-MacReservation'
        'Add-MacPolicy', 'Get-MacPolicy', 'Set-MacPolicy', 'Remove-MacPolicy', 'Move-MacPolicy', 'Reset-MacPolicyOrder', 'Test-MacPolicy', 'Export-MacPolicy'
        'New-MacInterface', 'Get-MacInterface', 'Set-MacInterface', 'Remove-MacInterface', 'Rename-MacInterface', 'Move-MacInterface'
        'Add-MacAddressPair', 'Get-MacAddressPair', 'Remove-MacAddressPair'
        'New-MacSecurityGroup', 'Get-MacSecurityGroup', 'Set-MacSecurityGroup', 'Remove-MacSecurityGroup'
        'Add-MacSecurityGroupRule', 'Get-MacSecurityGroupRule', 'Remove-MacSecurityGroupRule'
        'Add-MacSecurityGroupMember', 'Remove-MacSecurityGroupMember'
        'New-MacPartition', 'Get-MacPartition', 'Set-MacPartition', 'Remove-MacPartition'
        'Add-MacPartitionPolicy', 'Get-MacPartitionPolicy', 'Set-MacPartitionPolicy', 'Remove-MacPartitionPolicy'
        'Resolve-MacPolicy', 'Find-MacPolicyConflict'
        'Add-MacSecurityTrigger', 'Get-MacSecurityTrigger', 'Set-MacSecurityTrigger', 'Remove-MacSecurityTrigger'
        'New-MacProfile', 'Get-MacProfile', 'Set-MacProfile', 'Remove-MacProfile', 'Measure-MacProfile'
        'New-MacSession', 'Get-MacSession', 'Set-MacSession', 'Remove-MacSession', 'Suspend-MacSession', 'Resume-MacSession'
        'New-MacInstance', 'Get-MacInstance', 'Set-MacInstance', 'Rename-MacInstance', 'Remove-MacInstance'
        'Add-MacProfileRule', 'Get-MacProfileRule', 'Set-MacProfileRule', 'Remove-MacProfileRule'
        'Get-MacNicMetric', 'Export-MacSessionReport'
        'Request-MacAddress', 'Get-MacHandle', 'Remove-MacHandle', 'Revoke-MacHandle'
        'New-MacProvider', 'Get-MacProvider', 'Set-MacProvider', 'Remove-MacProvider', 'Start-MacProvider', 'Stop-MacProvider'
        'Get-MacBlock', 'Grant-MacBlock', 'Revoke-MacBlock'
        'New-MacProviderClient', 'Get-MacProviderClient', 'Set-MacProviderClient', 'Remove-MacProviderClient'
        'Start-MacPolicyEnforcer', 'Get-MacPolicyEnforcer', 'Stop-MacPolicyEnforcer'
        'Register-MacEvent', 'Get-MacEventSubscription', 'Unregister-MacEvent'
        'Install-MacService', 'Get-MacService', 'Uninstall-MacService'
        'Get-MacForwardingEntry', 'Get-MacAddressOwner', 'Test-MacFrame'
        'Get-MacCaptureDevice'
        'Get-MacAuditEvent', 'Compare-MacRevision', 'Undo-MacChange'
        'Import-MacConfiguration', 'Export-MacConfiguration'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('MAC', 'VLAN', 'network', 'segmentation', 'pcap', 'Windows', 'Linux')
        }
    }
}
