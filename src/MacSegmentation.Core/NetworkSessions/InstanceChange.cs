using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.NetworkSessions;

/// <summary>What is to become of an instance; what is null stays as it is.</summary>
public sealed record InstanceChange
{
    /// <summary>A profile of its own; the empty text for that of a rule or its session.</summary>
    public string? Profile { get; init; }

    /// <summary>What an enforcer makes for it to use; with None nothing any more, and no enforcer is named any more.</summary>
    public AttachmentKind? Attach { get; init; }

    /// <summary>Name of the enforcer that makes it, or of its host; the empty text for whichever has a port that carries the VLAN.</summary>
    public string? AttachEnforcer { get; init; }

    /// <summary>When it has which profile, in place of another profile from now on; null to leave it.</summary>
    public ProfileSchedule? Schedule { get; init; }
}
