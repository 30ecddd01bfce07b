using MacSegmentation.Documents;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;

namespace MacSegmentation.NetworkSessions;

/// <summary>An instance of the declarative document. Its interface record stands among those of its VLAN, with the profile that its port has.</summary>
public sealed record InstanceConfiguration
{
    /// <summary>The name of its interface record in the document.</summary>
    public required string Name { get; init; }

    /// <summary>Its session; null for none.</summary>
    public string? Session { get; init; }

    /// <summary>The profile that it was given; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Where that comes from.</summary>
    public ProfileSource ProfileSource { get; init; }

    /// <summary>The profile that it has at times of its own; null for none.</summary>
    public ProfileSchedule? Schedule { get; init; }

    /// <summary>What an enforcer makes for it to use.</summary>
    public AttachmentKind Attach { get; init; }

    /// <summary>Name of the enforcer that makes it, or of its host; null for whichever has a port that carries the VLAN.</summary>
    public string? AttachEnforcer { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<InstanceConfiguration> Document { get; } =
        new DocumentObject<InstanceConfiguration>("instance", "an instance", new() { Name = string.Empty })
        .Required(
            "name",
            "The interface that is the instance's; it stands among those of its VLAN.",
            RecordName.Type,
            instance => instance.Name,
            (instance, name) => instance with { Name = name },
            "InvalidInstanceName",
            "InvalidInterfaceName",
            "InterfaceNotFound")
        .Optional(
            "session",
            "Its session, in the VLAN of its interface.",
            RecordName.Type,
            instance => instance.Session,
            (instance, session) => instance with { Session = session },
            "InvalidSessionName",
            "SessionNotFound",
            "InstanceOutsideSession")
        .Optional(
            "profile",
            "The profile that it was launched with. What its port has now the interface says: none while the session is suspended.",
            RecordName.Type,
            instance => instance.Profile,
            (instance, profile) => instance with { Profile = profile },
            "InvalidProfileName",
            "ProfileNotFound",
            "ProfileRangeOutsidePool")
        .Optional(
            "profileSource",
            "Where that comes from: its own (Override), a rule, or its session; None where there is none.",
            new ChoiceType<ProfileSource>("source of a profile"),
            instance => instance.ProfileSource,
            (instance, source) => instance with { ProfileSource = source },
            "InvalidProfileSource")
        .Optional(
            "schedule",
            "The profile that it has at times of its own.",
            new ParsedType<ProfileSchedule>(@"^\s*\S+ at \S+( for \S+)?( every \S+)?\s*$") { Examples = ["satellite at 2026-11-28T10:00:00Z for 1m every 10m"] },
            instance => instance.Schedule,
            (instance, schedule) => instance with { Schedule = schedule },
            "InvalidSchedule")
        .Optional(
            "attach",
            "What an enforcer makes on its Linux host for the instance to use, while both are there: a TAP device, a veth pair, or nothing (None).",
            new ChoiceType<AttachmentKind>("attachment"),
            instance => instance.Attach,
            (instance, kind) => instance with { Attach = kind },
            "InvalidAttachment")
        .Optional(
            "attachEnforcer",
            "Name of the enforcer that makes it, or of its host; whichever has a port that carries the VLAN if none is named.",
            RecordName.Type,
            instance => instance.AttachEnforcer,
            (instance, name) => instance with { AttachEnforcer = name },
            "InvalidEnforcerName",
            "EnforcerWithoutAttachment");

    /// <summary>What a document says of a store's instance.</summary>
    internal static InstanceConfiguration Of(MacInstance instance) =>
        new() { Name = instance.Name, Session = instance.Session, Profile = instance.ResolvedProfile, ProfileSource = instance.ProfileSource, Schedule = instance.Schedule, Attach = instance.Attach, AttachEnforcer = instance.AttachEnforcer };
}
