namespace MacSegmentation.Forwarding;

/// <summary>Where a forwarding entry comes from (IEEE 802.1Q-2022 section 8.8).</summary>
public enum ForwardingEntryKind
{
    /// <summary>An interface record has the address.</summary>
    Static,

    /// <summary>A frame came from the address.</summary>
    Learned,
}
