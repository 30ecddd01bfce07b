using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Naming;

namespace MacSegmentation.NetworkSessions;

/// <summary>A session of the declarative document.</summary>
public sealed record SessionConfiguration
{
    /// <summary>Its name, unique in the document without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>The VLAN of its instances, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>The profile of instances that have no other; null for none.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>Whether its instances reach those of other sessions.</summary>
    public SessionIsolation Isolation { get; init; }

    /// <summary>Whether the profiles of its instances are in force.</summary>
    public SessionState State { get; init; }

    /// <summary>Which profiles its instances have over time; null for none. One that the session has already goes on.</summary>
    public MacScenario? Scenario { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<SessionConfiguration> Document { get; } =
        new DocumentObject<SessionConfiguration>("session", "a session", new() { Name = string.Empty, VlanId = 0 })
        .Required("name", "Its name, unique in the document whatever its case.", RecordName.Type, session => session.Name, (session, name) => session with { Name = name }, "InvalidSessionName")
        .Required(
            "vlan",
            "The VLAN of its instances.",
            new NumberType(Addressing.VlanId.Minimum, Addressing.VlanId.Maximum),
            session => session.VlanId,
            (session, vlanId) => session with { VlanId = vlanId },
            "InvalidVlanId",
            "VlanNotFound")
        .Optional(
            "defaultProfile",
            "The profile of instances that neither have one of their own nor match a rule.",
            RecordName.Type,
            session => session.DefaultProfile,
            (session, profile) => session with { DefaultProfile = profile },
            "InvalidProfileName",
            "ProfileNotFound",
            "ProfileRangeOutsidePool")
        .Optional(
            "isolation",
            "Full: its instances reach none of another session. None: they do, unless the other session is isolated.",
            new ChoiceType<SessionIsolation>("isolation"),
            session => session.Isolation,
            (session, isolation) => session with { Isolation = isolation })
        .Optional(
            "state",
            "Running, or Suspended: its instances' ports have no profile until it is resumed.",
            new ChoiceType<SessionState>("state of a session"),
            session => session.State,
            (session, state) => session with { State = state })
        .Optional(
            "scenario",
            "Which profiles its instances have over time: a name, a colon, and steps with semicolons between. One that the session has already goes on.",
            new ParsedType<MacScenario>(@"^[^:;]+:[^:]*$") { Examples = ["flaky-line: 60s satellite; 120s none student-*; loop 180s"] },
            session => session.Scenario,
            (session, scenario) => session with { Scenario = scenario },
            "InvalidScenario",
            "ScenarioProfileNotFound");

    /// <summary>What a document says of a store's session.</summary>
    internal static SessionConfiguration Of(MacSession session) =>
        new() { Name = session.Name, VlanId = session.VlanId, DefaultProfile = session.DefaultProfile, Isolation = session.Isolation, State = session.State, Scenario = session.Scenario };
}
