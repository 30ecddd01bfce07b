using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Events;

/// <summary>
/// Turns one direction's denials into events: for each policy a few a second, and at the second's end the number of the others. Each denied
/// frame is in exactly one event, its own or a number, unless the queue is full. One thread uses it.
/// </summary>
/// <remarks>
/// A second is one of the frames' own clock, so a capture gives the same events however fast it is read. A denial of a policy under its limit
/// allocates its event; all others cost a hash lookup.
/// </remarks>
/// <param name="port">The adapter or file that the frames come from.</param>
/// <param name="eventsPerSecond">Denials of one policy that are told of one by one in a second.</param>
/// <param name="events">Who is told.</param>
/// <param name="interfaceName">Name of the interface record whose port it is, or null.</param>
internal sealed class DenialReporter(string port, int eventsPerSecond, EnforcerEventQueue events, string? interfaceName = null)
{
    /// <summary>Policies that are told apart in one second; the denials of any more are one number.</summary>
    private const int MaxPolicies = 1024;

    private readonly Dictionary<long, Tally> tallies = [];
    private long window;
    private long untold;

    /// <summary>Takes in a denied frame.</summary>
    public void Report(in FrameContext denied, DecisionTable table)
    {
        ref readonly var header = ref denied.Header;
        var verdict = denied.Verdict;
        MoveTo(denied.Timestamp);
        var policy = verdict.PolicyIndex < 0 ? null : table.Policies[verdict.PolicyIndex];

        // What denied: a policy by its number, all else by its reason and VLAN.
        long key = policy?.PolicyId ?? ~(((long)verdict.Reason.Number << 12) | (long)header.VlanId);
        ref var tally = ref CollectionsMarshal.GetValueRefOrNullRef(tallies, key);
        if (Unsafe.IsNullRef(ref tally))
        {
            if (tallies.Count == MaxPolicies)
            {
                untold++;
                return;
            }

            tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _);
            tally = new Tally(policy, header.VlanId, verdict.Reason);
        }

        if (tally.Told == eventsPerSecond)
        {
            tally.Suppressed++;
            return;
        }

        tally.Told++;
        events.Publish(new MacEnforcerEvent
        {
            Time = FrameTime.ToCalendar(denied.Timestamp),
            Kind = EnforcerEventKind.Denial,
            Port = port,
            Interface = interfaceName,
            VlanId = header.VlanId,
            SourceAddress = new MacAddress(header.Source),
            DestinationAddress = new MacAddress(header.Destination),
            Policy = policy,
            Reason = verdict.Reason.Name,
            FrameLength = denied.OriginalLength,
            Revision = table.Revision,
            Detail = policy is null && denied.Bytes.Length >= FrameHeader.UntaggedLength ? Detail(denied) : null,
        });
    }

    /// <summary>Ends the second if the time is in another one, and tells what was suppressed in it.</summary>
    /// <param name="time">Nanoseconds since 1970.</param>
    public void MoveTo(long time)
    {
        long second = time / FrameTime.NanosecondsPerSecond;

        // Frames of one moment may come in slightly another order: the second just past does not open again.
        if (second != window && second != window - 1)
        {
            Close();
            window = second;
        }
    }

    /// <summary>Tells what was suppressed so far.</summary>
    public void Close()
    {
        if (tallies.Count == 0)
        {
            return;
        }

        var end = FrameTime.ToCalendar((window + 1) * FrameTime.NanosecondsPerSecond);
        foreach (var tally in tallies.Values)
        {
            if (tally.Suppressed > 0)
            {
                events.Publish(new MacEnforcerEvent
                {
                    Time = end,
                    Kind = EnforcerEventKind.DenialsSuppressed,
                    Port = port,
                    Interface = interfaceName,
                    VlanId = tally.VlanId,
                    Policy = tally.Policy,
                    Reason = tally.Reason.Name,
                    SuppressedCount = tally.Suppressed,
                });
            }
        }

        if (untold > 0)
        {
            events.Publish(new MacEnforcerEvent { Time = end, Kind = EnforcerEventKind.DenialsSuppressed, Port = port, Interface = interfaceName, SuppressedCount = untold });
            untold = 0;
        }

        tallies.Clear();
    }

    private static string? Detail(in FrameContext denied) => denied.EndedBy is PolicyStage ? null : denied.EndedBy?.DescribeRefusal(denied);

    private struct Tally(MacPolicy? policy, int vlanId, VerdictReason reason)
    {
        public int Told;
        public long Suppressed;

        public readonly MacPolicy? Policy => policy;

        public readonly int VlanId => vlanId;

        public readonly VerdictReason Reason => reason;
    }
}
