using System.Collections.Immutable;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>
/// Takes the frames of a capture through the configuration as it is, and beside it as it would be with what is staged in force, and tells where the two differ. Each frame comes in by the
/// port of the record that has its source address, without the tag of that record's VLAN; what no record has sent comes in by the uplink.
/// </summary>
public sealed class StagedReplay : IFrameHandler
{
    /// <summary>Changes that are told apart; frames with more are counted in <see cref="UntoldFrames"/>.</summary>
    public const int MaxChanges = 10_000;

    private readonly FrameTracer now;
    private readonly FrameTracer then;
    private readonly int nativeVlan;
    private readonly Dictionary<(int VlanId, ulong Address), string> entries = [];
    private readonly Dictionary<ulong, string?> entriesOfAnyVlan = [];
    private readonly Dictionary<Likeness, MacStagedChange> changes = [];

    /// <summary>Prepares both switches.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <param name="nativeVlan">The VLAN of frames without a tag; null if that of the record that has the source address is meant.</param>
    public StagedReplay(ConfigurationSnapshot snapshot, DecisionTable policies, int? nativeVlan)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ImmutableArray<MacPartition> partitions = snapshot.Of<MacPartition>();
        HasStaged = partitions.Any(partition => partition.IsStaged || partition.Policy.Any(policy => policy.IsStaged));
        var inForce = snapshot.With<MacPartition>([.. partitions.Select(InForce)]);
        now = new FrameTracer(snapshot, policies, FrameTracer.Uplink, nativeVlan, static _ => { });
        then = new FrameTracer(inForce, policies, FrameTracer.Uplink, nativeVlan, static _ => { });
        this.nativeVlan = nativeVlan ?? 0;
        foreach (var record in snapshot.Interfaces)
        {
            Enter(record, record.MacAddress);
            foreach (var pair in record.AddressPair)
            {
                Enter(record, pair.MacAddress);
            }
        }
    }

    /// <summary>False if nothing is staged: nothing can change.</summary>
    public bool HasStaged { get; }

    /// <summary>Frames so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that something would change for.</summary>
    public long ChangedFrames { get; private set; }

    /// <summary>Those of them that are in no change of <see cref="Changes"/>, because there are too many different ones.</summary>
    public long UntoldFrames { get; private set; }

    /// <summary>What would change, by the first frame.</summary>
    public IReadOnlyList<MacStagedChange> Changes => [.. changes.Values.OrderBy(change => change.FirstFrame)];

    /// <summary>Takes one frame through both switches.</summary>
    /// <param name="frame">The frame.</param>
    public void Handle(in Frame frame)
    {
        Frames++;
        string entry = FrameTracer.Uplink;
        var entering = frame;
        if (FrameHeader.TryRead(frame.Bytes, nativeVlan, out var header) && FindRecord(header) is { } record)
        {
            entry = record;
            entering = WithoutTags(frame, header.OuterTags);
        }

        var before = now.Trace(entry, entering);
        var after = then.Trace(entry, entering);
        if (before.Action != after.Action || !string.Equals(before.Reason, after.Reason, StringComparison.Ordinal) || !before.To.Order(StringComparer.Ordinal).SequenceEqual(after.To.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            Note(before, after);
        }
    }

    private static MacPartition InForce(MacPartition partition) =>
        partition with { IsStaged = false, Policy = [.. partition.Policy.Select(policy => policy with { IsStaged = false })] };

    private static Frame WithoutTags(Frame frame, int tags)
    {
        const int Addresses = 12;
        const int TagLength = 4;
        if (tags == 0)
        {
            return frame;
        }

        byte[] bytes = [.. frame.Bytes[..Addresses], .. frame.Bytes[(Addresses + (tags * TagLength))..]];
        return new Frame(bytes, frame.OriginalLength - (tags * TagLength), frame.Timestamp);
    }

    /// <summary>Of an address that several records have, the first one sends it.</summary>
    private void Enter(MacInterface record, MacAddress address)
    {
        ulong number = address.Value;
        entries.TryAdd((record.VlanId, number), record.Name);
        if (!entriesOfAnyVlan.TryAdd(number, record.Name) && !string.Equals(entriesOfAnyVlan[number], record.Name, StringComparison.Ordinal))
        {
            entriesOfAnyVlan[number] = null;
        }
    }

    private string? FindRecord(in FrameHeader header) =>
        header.VlanId > 0 ? entries.GetValueOrDefault((header.VlanId, header.Source)) : entriesOfAnyVlan.GetValueOrDefault(header.Source);

    private void Note(MacFrameTest before, MacFrameTest after)
    {
        ChangedFrames++;
        // Of several copies, those that no staged policy is about are told of alike before and after.
        string explanation = after.Stage.Except(before.Stage).FirstOrDefault(stage => string.Equals(stage.Stage, "Partition", StringComparison.Ordinal))?.Detail ?? after.Explanation;
        var likeness = new Likeness(after.From, after.VlanId, after.SourceAddress, after.DestinationAddress, before.Action, before.Reason, after.Action, after.Reason, explanation);
        if (changes.TryGetValue(likeness, out var known))
        {
            changes[likeness] = known with { Frames = known.Frames + 1 };
        }
        else if (changes.Count == MaxChanges)
        {
            UntoldFrames++;
        }
        else
        {
            changes.Add(likeness, new MacStagedChange
            {
                Frames = 1,
                FirstFrame = Frames,
                From = after.From,
                VlanId = after.VlanId,
                SourceAddress = after.SourceAddress,
                DestinationAddress = after.DestinationAddress,
                Packet = after.Packet,
                Before = before.Action,
                BeforeTo = before.To,
                After = after.Action,
                AfterTo = after.To,
                Explanation = explanation,
            });
        }
    }

    private readonly record struct Likeness(
        string From,
        int? VlanId,
        MacAddress? Source,
        MacAddress? Destination,
        PolicyAction Before,
        string BeforeReason,
        PolicyAction After,
        string AfterReason,
        string Explanation);
}
