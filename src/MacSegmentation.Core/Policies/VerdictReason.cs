namespace MacSegmentation.Policies;

/// <summary>Why a frame was forwarded, denied or dropped. Nothing is ever discarded without one.</summary>
public enum VerdictReason : byte
{
    /// <summary>A policy of the frame's VLAN matched.</summary>
    Policy,

    /// <summary>No policy matched: the VLAN's default action.</summary>
    DefaultAction,

    /// <summary>The frame's VLAN is not in the store.</summary>
    UnknownVlan,

    /// <summary>The frame is too short for its header, tags included.</summary>
    Malformed,

    /// <summary>The frame was captured shorter than it was, and so cannot be sent.</summary>
    Truncated,

    /// <summary>The port that the frame should leave by did not take it.</summary>
    SendFailed,
}
