using System.Collections.Frozen;
using System.Collections.Immutable;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Isolation;

/// <summary>
/// Keeps the instances of different sessions apart if either session is isolated, whatever a policy says: each copy of a frame is judged by the sessions of both its ends. What is of no
/// session reaches all and is reached by all.
/// </summary>
/// <remarks>
/// The session of an end is that of its port's record. At a port without one, such as an uplink, it is that of the record that has the frame's address: so an instance that is behind
/// another switch is kept apart, too. Without two sessions of which one is isolated, a frame costs one look at a flag.
/// </remarks>
/// <param name="ports">The ports.</param>
internal sealed class SessionIsolationStage(IReadOnlyList<SwitchPort> ports) : FrameStage
{
    /// <summary>Both ends are instances, of different sessions, and one of the sessions is isolated.</summary>
    public static readonly VerdictReason Isolated = VerdictReason.Define("SessionIsolation", "instances of different sessions, one of which is isolated");

    private ImmutableArray<MacSession> known = [];
    private FrozenDictionary<ulong, int> sessionOf = FrozenDictionary<ulong, int>.Empty;
    private int[] sessionOfPort = new int[ports.Count];
    private bool[] isIsolated = [];

    public override string Name => "SessionIsolation";

    /// <summary>False if no session is kept apart from another one: the stage then does nothing.</summary>
    public bool IsActive { get; private set; }

    /// <summary>True if a copy may leave by a port. Not to be called while no session is kept apart.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The port.</param>
    public bool Judge(in FrameContext frame, SwitchPort to) => !AreApart(SourceSession(frame), TargetSession(frame, to));

    /// <summary>True if whoever sent a frame must not be told of an address by the switch, because it is of a session that is kept apart.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="address">The MAC address.</param>
    /// <param name="port">The index of the port behind which it is, or −1 if only the address is known.</param>
    public bool Hides(in FrameContext frame, ulong address, int port) =>
        IsActive && AreApart(SourceSession(frame), port >= 0 && sessionOfPort[port] is var own and not 0 ? own : SessionOf(frame.Header.VlanId, address));

    public override Action? Prepare(EnforcerTables next)
    {
        var sessions = next.Snapshot.Of<MacSession>();
        if (sessions == known && !next.HasOtherRecords)
        {
            return null;
        }

        bool isActive = sessions.Length > 1 && sessions.Any(session => session.Isolation == SessionIsolation.Full);
        if (!isActive && !IsActive)
        {
            return () => known = sessions;
        }

        // Numbers begin at 1: 0 is no session.
        var numbers = sessions.Select((session, place) => (session.Name, Number: place + 1)).ToFrozenDictionary(session => session.Name, session => session.Number, StringComparer.OrdinalIgnoreCase);
        bool[] isolated = [false, .. sessions.Select(session => session.Isolation == SessionIsolation.Full)];
        int NumberOf(MacInterface? record) => record?.Session is { } session ? numbers.GetValueOrDefault(session) : 0;
        var addresses = new Dictionary<ulong, int>();
        if (isActive)
        {
            foreach (var record in next.Snapshot.Interfaces)
            {
                if (NumberOf(record) is var number and not 0)
                {
                    addresses.TryAdd(AddressKey.Of(record.VlanId, record.MacAddress.Value), number);
                }
            }
        }

        var frozen = addresses.ToFrozenDictionary();
        int[] ofPorts = [.. next.Records.Select(NumberOf)];
        return () => (known, sessionOf, sessionOfPort, isIsolated, IsActive) = (sessions, frozen, ofPorts, isolated, isActive);
    }

    public override string? DescribePassage(in FrameContext frame)
    {
        if (!IsActive || frame.To is not { } to)
        {
            return null;
        }

        var (from, target) = (SourceSession(frame), TargetSession(frame, to));
        return from == 0 && target == 0 ? null : $"From {Describe(from, frame.Port)} to {Describe(target, to)}.";
    }

    public override string? DescribeRefusal(in FrameContext frame)
    {
        if (frame.To is not { } to)
        {
            return null;
        }

        var (from, target) = (SourceSession(frame), TargetSession(frame, to));
        string isolated = string.Join(" and ", new[] { from, target }.Where(number => isIsolated[number]).Select(number => $"'{NameOf(number)}'"));
        return $"From {Describe(from, frame.Port)} to {Describe(target, to)}; isolated: {isolated}.";
    }

    private bool AreApart(int from, int to) => from != to && from != 0 && to != 0 && (isIsolated[from] || isIsolated[to]);

    private int SourceSession(in FrameContext frame) => sessionOfPort[frame.Port.Index] is var own and not 0 ? own
        : frame.Port.Settings.MacInterface is not null ? 0
        : SessionOf(frame.Header.VlanId, frame.Header.Source);

    private int TargetSession(in FrameContext frame, SwitchPort to) => sessionOfPort[to.Index] is var own and not 0 ? own
        : to.Settings.MacInterface is not null ? 0
        : SessionOf(frame.Header.VlanId, frame.Header.Destination);

    private int SessionOf(int vlanId, ulong address) => sessionOf.GetValueOrDefault(AddressKey.Of(vlanId, address));

    private string NameOf(int number) => known[number - 1].Name;

    private string Describe(int number, SwitchPort port) => $"{port.DisplayName} of {(number == 0 ? "no session" : $"session '{NameOf(number)}'")}";
}
