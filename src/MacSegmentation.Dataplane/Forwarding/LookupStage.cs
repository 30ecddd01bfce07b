using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Forwarding;

/// <summary>
/// Finds the ports that a frame is to leave by (IEEE 802.1Q-2022 section 8.6.3). A record's address is where the record's port is; any other where it was
/// learned; what is not known goes to the uplinks, and to the ports that came up a short while ago, or to all.
/// </summary>
/// <remarks>
/// Behind a port that has just come up, after a start or because its link was down, are stations that have not spoken since. To them a switch floods (IEEE 802.1Q-2022
/// section 8.6.3); one that floods to uplinks only would not reach them before they speak by themselves.
/// </remarks>
/// <param name="fdb">Where addresses are.</param>
/// <param name="ports">The ports.</param>
/// <param name="floodsUnknownUnicast">True to send what is not known to all ports of the VLAN.</param>
/// <param name="learningPeriod">Nanoseconds for which a port that has come up is sent what is not known.</param>
internal sealed class LookupStage(FilteringDatabase fdb, SwitchPort[] ports, bool floodsUnknownUnicast, long learningPeriod) : FrameStage
{
    /// <summary>The destination is behind the port that the frame came from.</summary>
    public static readonly VerdictReason SamePort = VerdictReason.Define(nameof(SamePort), "destination behind the port that it came from");

    /// <summary>No port is there that the frame could leave by.</summary>
    public static readonly VerdictReason NoDestination = VerdictReason.Define(nameof(NoDestination), "no port to leave by");

    /// <summary>When each port ends to be learning, in nanoseconds since 1970.</summary>
    private readonly long[] learnsUntil = new long[ports.Length];

    public override string Name => "Lookup";

    public bool Judge(ref FrameContext frame)
    {
        ref var egress = ref frame.Egress;
        egress = new Egress { Port = -1 };
        if (frame.IsToGroup)
        {
            egress.ToAll = true;
            egress.IsFlood = true;
            return true;
        }

        ulong key = AddressKey.Of(frame.Header.VlanId, frame.Header.Destination);
        bool isRecords = fdb.Records.TryFind(key, out int at, out var places);
        if (at < 0 || !isRecords)
        {
            // Learned, or where the one that holds a shared address was seen last.
            at = fdb.Learned.Lookup(key, frame.Timestamp, out egress.Endpoint);
            at = at >= 0 && (places is null || places.Include(ports[at])) ? at : -1;
        }

        if (at < 0)
        {
            // Of an address that has aged: the frame goes to all that may be its own.
            egress.Endpoint = 0;
        }
        else
        {
            egress.Port = at;
            return at != frame.Port.Index || frame.Drop(this, SamePort);
        }

        if (places is { Ports.Length: > 0 })
        {
            // Nobody is known to hold a shared address: all that may hold it get the frame.
            egress.Ports = places.Ports;
            egress.ToUplinks = places.MayBeRemote;
            return true;
        }

        // A record that has no port here is behind an uplink: nobody else need hear its frames.
        egress.IsFlood = true;
        egress.ToUplinks = true;
        egress.ToAll = !isRecords && floodsUnknownUnicast;
        egress.ToLearning = !isRecords && learningPeriod > 0;
        return true;
    }

    /// <summary>Takes in that a port has come up.</summary>
    /// <param name="port">The port's index.</param>
    /// <param name="now">Nanoseconds since 1970.</param>
    public void BeginLearning(int port, long now) => learnsUntil[port] = now + learningPeriod;

    /// <summary>True if stations may be behind the port that have not spoken since it came up. A record's port has none but the record's, whose addresses are known.</summary>
    /// <param name="port">The port.</param>
    /// <param name="now">Nanoseconds since 1970.</param>
    public bool IsLearning(SwitchPort port, long now) => now < learnsUntil[port.Index] && port.Record is not { PortSecurity: true };

    public override void Forget(int port) => fdb.Learned.Forget(port);

    public override void Reset() => fdb.Learned.Clear();

    public override void Sweep(long now) => fdb.Learned.Sweep(now);

    public override string? DescribePassage(in FrameContext frame) => frame.IsToGroup
        ? $"A group address: to every port of VLAN {frame.Header.VlanId} but {frame.Port.Name}."
        : fdb.Describe(frame.Header.VlanId, frame.Header.Destination, frame.Timestamp);
}
