namespace MacSegmentation.PolicyExport;

/// <summary>What is to be written.</summary>
public sealed record PolicyExportRequest
{
    /// <summary>For which enforcement point.</summary>
    public required PolicyExportFormat Format { get; init; }

    /// <summary>The VLANs, 1 to 4094; all of the store if empty.</summary>
    public IReadOnlyList<int> VlanIds { get; init; } = [];

    /// <summary>True if frames without a tag are those of the VLAN, of which there is one then.</summary>
    public bool Untagged { get; init; }

    /// <summary>The adapter that a script for Hyper-V is for; null for other formats.</summary>
    public HyperVAdapter? Adapter { get; init; }
}
