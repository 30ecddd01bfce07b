namespace MacSegmentation.PolicyExport;

/// <summary>For which other enforcement point policies are written.</summary>
public enum PolicyExportFormat
{
    /// <summary>The bridge of the Linux kernel: a file for <c>nft -f</c>, a table of the bridge family (nft(8)).</summary>
    Nftables,

    /// <summary>Open vSwitch: a file for <c>ovs-ofctl add-flows</c> (ovs-ofctl(8), ovs-fields(7)).</summary>
    OpenFlow,

    /// <summary>The switch of Hyper-V: a PowerShell script that gives a virtual machine's adapter its VLAN and port ACLs (<c>Add-VMNetworkAdapterAcl</c>).</summary>
    HyperV,
}
