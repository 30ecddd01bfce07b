using MacSegmentation.Addressing;
using MacSegmentation.Reports;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>What staged partitions and policies would change for frames of a capture, alike in their ends and in what becomes of them.</summary>
public sealed record MacStagedChange
{
    /// <summary>What is told of it.</summary>
    public static Report<MacStagedChange> Report { get; } = new Report<MacStagedChange>()
        .Number("frames", change => change.Frames)
        .Number("firstFrame", change => change.FirstFrame)
        .Text("from", change => change.From)
        .Number("vlanId", change => change.VlanId)
        .Value("source", change => change.SourceAddress, nameof(SourceAddress))
        .Value("destination", change => change.DestinationAddress, nameof(DestinationAddress))
        .Text("packet", change => change.Packet)
        .Choice<PolicyAction>("before", change => change.Before)
        .Texts("beforeTo", change => change.BeforeTo)
        .Choice<PolicyAction>("after", change => change.After)
        .Texts("afterTo", change => change.AfterTo)
        .Text("explanation", change => change.Explanation);

    /// <summary>How many frames.</summary>
    public required long Frames { get; init; }

    /// <summary>The number of the first one in the capture, from 1.</summary>
    public required long FirstFrame { get; init; }

    /// <summary>Where they come in: the name of an interface record, or <c>uplink</c>.</summary>
    public required string From { get; init; }

    /// <summary>Their VLAN.</summary>
    public required int? VlanId { get; init; }

    /// <summary>Their source address.</summary>
    public required MacAddress? SourceAddress { get; init; }

    /// <summary>Their destination address.</summary>
    public required MacAddress? DestinationAddress { get; init; }

    /// <summary>The first one's packet as one line.</summary>
    public required string Packet { get; init; }

    /// <summary>What becomes of them now.</summary>
    public required PolicyAction Before { get; init; }

    /// <summary>Where the first one leaves now.</summary>
    public required IReadOnlyList<string> BeforeTo { get; init => field = TextList.Of<string>(value); }

    /// <summary>What would become of them with what is staged in force.</summary>
    public required PolicyAction After { get; init; }

    /// <summary>Where the first one would leave.</summary>
    public required IReadOnlyList<string> AfterTo { get; init => field = TextList.Of<string>(value); }

    /// <summary>What would decide, as a sentence.</summary>
    public required string Explanation { get; init; }
}
