using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Reports;
using MacSegmentation.Verdicts;
using MacSegmentation.Units;

namespace MacSegmentation.Tracing;

/// <summary>The whole path of a frame through a switch, and what came of it.</summary>
public sealed record MacFrameTest
{
    /// <summary>What is told of it.</summary>
    public static Report<MacFrameTest> Report { get; } = new Report<MacFrameTest>()
        .Number("number", test => test.Number)
        .Time("time", test => test.Time)
        .Text("from", test => test.From)
        .Number("vlanId", test => test.VlanId)
        .Value("source", test => test.SourceAddress, nameof(SourceAddress))
        .Value("destination", test => test.DestinationAddress, nameof(DestinationAddress))
        .Reference("sourceIpAddress", test => test.SourceIPAddress)
        .Reference("destinationIpAddress", test => test.DestinationIPAddress)
        .Text("packet", test => test.Packet)
        .Choice<PolicyAction>("action", test => test.Action)
        .Text("reason", test => test.Reason)
        .Text("explanation", test => test.Explanation)
        .Texts("to", test => test.To)
        .Items("stages", test => test.Stage, MacFrameStage.Report, nameof(Stage));

    /// <summary>The frame's number in its capture, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When the frame came in.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Where the frame came in: the name of an interface record, or <c>uplink</c>.</summary>
    public required string From { get; init; }

    /// <summary>The frame's VLAN; null if it has none that the port carries, or no whole header.</summary>
    public required int? VlanId { get; init; }

    /// <summary>The frame's source address; null if it has no whole header.</summary>
    public required MacAddress? SourceAddress { get; init; }

    /// <summary>The frame's destination address; null if it has no whole header.</summary>
    public required MacAddress? DestinationAddress { get; init; }

    /// <summary>The source IP address, or an ARP packet's sender; null if there is none.</summary>
    public required IPAddress? SourceIPAddress { get; init; }

    /// <summary>The destination IP address, or an ARP packet's target; null if there is none.</summary>
    public required IPAddress? DestinationIPAddress { get; init; }

    /// <summary>The packet as one line.</summary>
    public required string Packet { get; init; }

    /// <summary>What became of the frame.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The last thing that decided, as a sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where the frame left: names of interface records, and <c>uplink</c>; none if it was refused, or answered by the switch.</summary>
    public required IReadOnlyList<string> To { get; init => field = TextList.Of<string>(value); }

    /// <summary>The stages that it passed, in sequence.</summary>
    public required IReadOnlyList<MacFrameStage> Stage { get; init => field = TextList.Of<MacFrameStage>(value); }

    /// <summary>True if the frame was forwarded to at least one port.</summary>
    public bool IsForwarded => To.Count > 0;
}
