using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Forwarding;

/// <summary>
/// Finds the ports that a frame is to leave by (IEEE 802.1Q-2022 section 8.6.3). A record's address is where the record's port is; any other where it was
/// learned; what is not known goes to the uplinks, or to all.
/// </summary>
/// <param name="fdb">Where addresses are.</param>
/// <param name="ports">The ports.</param>
/// <param name="floodsUnknownUnicast">True to send what is not known to all ports of the VLAN.</param>
internal sealed class LookupStage(FilteringDatabase fdb, SwitchPort[] ports, bool floodsUnknownUnicast) : FrameStage
{
    /// <summary>The destination is behind the port that the frame came from.</summary>
    public static readonly VerdictReason SamePort = VerdictReason.Define(nameof(SamePort), "destination behind the port that it came from");

    /// <summary>No port is there that the frame could leave by.</summary>
    public static readonly VerdictReason NoDestination = VerdictReason.Define(nameof(NoDestination), "no port to leave by");

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

        if (at >= 0)
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
        return true;
    }

    public override void Forget(int port) => fdb.Learned.Forget(port);

    public override void Reset() => fdb.Learned.Clear();

    public override void Sweep(long now) => fdb.Learned.Sweep(now);

    public override string? DescribePassage(in FrameContext frame) => frame.IsToGroup
        ? $"A group address: to every port of VLAN {frame.Header.VlanId} but {frame.Port.Name}."
        : fdb.Describe(frame.Header.VlanId, frame.Header.Destination, frame.Timestamp);
}
