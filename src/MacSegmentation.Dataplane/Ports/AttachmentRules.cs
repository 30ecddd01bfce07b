using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Ports;

/// <summary>Which instances a switch makes ports for.</summary>
/// <param name="Name">The enforcer's name; null if it has none.</param>
/// <param name="Host">Its host's name.</param>
internal sealed record AttachmentRules(string? Name, string Host)
{
    /// <summary>True if the switch is to make a port for an instance.</summary>
    /// <param name="record">The instance's interface record.</param>
    /// <param name="carries">Tells whether a port of the switch's own carries a VLAN.</param>
    public bool Want(MacInterface record, Predicate<int> carries) => record.Attachment is { Kind: not AttachmentKind.None } attachment
        && (attachment.Enforcer is { } named ? IsSame(named, Name) || IsSame(named, Host) : carries(record.VlanId));

    private static bool IsSame(string named, string? own) => string.Equals(named, own, StringComparison.OrdinalIgnoreCase);
}
