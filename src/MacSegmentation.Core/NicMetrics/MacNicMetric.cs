using MacSegmentation.Profiles;
using MacSegmentation.Reports;
using MacSegmentation.Units;

namespace MacSegmentation.NicMetrics;

/// <summary>
/// What one direction of a vNIC was like, as an enforcer measured it at the port, beside what the vNIC profile in force there asks for. Octets are those of Ethernet frames without their
/// FCS; latencies are added ones, one way.
/// </summary>
public sealed record MacNicMetric
{
    /// <summary>Digits behind the point of a loss: it is kept in parts per million.</summary>
    public const int ShareDigits = 6;

    /// <summary>What is told of it.</summary>
    public static Report<MacNicMetric> Report { get; } = new Report<MacNicMetric>()
        .Time("time", metric => metric.Time)
        .Text("interface", metric => metric.Interface)
        .Text("instance", metric => metric.Instance)
        .Text("session", metric => metric.Session)
        .Number("vlanId", metric => metric.VlanId)
        .Text("profile", metric => metric.Profile)
        .Choice<ProfileDirection>("direction", metric => metric.Direction)
        .Choice<NicState>("state", metric => metric.State)
        .Text("hostName", metric => metric.HostName)
        .Text("process", metric => metric.Process)
        .Number("bitRate", metric => metric.BitRate.BitsPerSecond, "BitRate.BitsPerSecond")
        .Number("askedBandwidth", metric => metric.AskedBandwidth?.BitsPerSecond, "AskedBandwidth.BitsPerSecond")
        .Fraction("utilization", metric => metric.Utilization)
        .Number("queueDepth", metric => metric.QueueDepth)
        .Value<TimeSpan>("addedLatencyP50", metric => metric.AddedLatencyP50)
        .Value<TimeSpan>("addedLatencyP99", metric => metric.AddedLatencyP99)
        .Value<TimeSpan>("askedLatency", metric => metric.AskedLatency)
        .Fraction("loss", metric => metric.Loss)
        .Fraction("askedLoss", metric => metric.AskedLoss)
        .Number("frames", metric => metric.Frames)
        .Number("bytes", metric => metric.Bytes)
        .Number("dropped", metric => metric.Dropped);

    /// <summary>When the enforcer reported last; of a vNIC that is not attached, when the store was asked.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The interface record whose port it is.</summary>
    public required string Interface { get; init; }

    /// <summary>The instance that the record is, by the same name; null if it is none.</summary>
    public string? Instance { get; init; }

    /// <summary>The instance's session; null for none.</summary>
    public string? Session { get; init; }

    /// <summary>Its VLAN, 1 to 4094.</summary>
    public int VlanId { get; init; }

    /// <summary>The profile in force at the port; of a vNIC that is not attached, the one that it would have. Null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The direction.</summary>
    public required ProfileDirection Direction { get; init; }

    /// <summary>Whether a running enforcer has the port.</summary>
    public NicState State { get; init; }

    /// <summary>The host of the enforcer; null if the vNIC is not attached.</summary>
    public string? HostName { get; init; }

    /// <summary>The enforcer's program and its process id, such as <c>macseg/4711</c>; null if the vNIC is not attached.</summary>
    public string? Process { get; init; }

    /// <summary>What went on in the last second, to four digits.</summary>
    public BitRate BitRate { get; init; }

    /// <summary>The bandwidth that the profile gives; null for no limit.</summary>
    public BitRate? AskedBandwidth { get; init; }

    /// <summary>The part of the bandwidth that went on in the last second, 0 to about 1; null for no limit.</summary>
    public double? Utilization => AskedBandwidth is { BitsPerSecond: > 0 } asked ? Math.Round((double)BitRate.BitsPerSecond / asked.BitsPerSecond, 4) : null;

    /// <summary>Frames that wait for the bandwidth.</summary>
    public int QueueDepth { get; init; }

    /// <summary>The median of the latency that the profile added since it came into force, its queue included, to 2 %; zero if no frame went on.</summary>
    public TimeSpan AddedLatencyP50 { get; init; }

    /// <summary>What 99 of 100 frames were not delayed beyond since the profile came into force, to 2 %; zero if no frame went on.</summary>
    public TimeSpan AddedLatencyP99 { get; init; }

    /// <summary>The latency that the profile asks for.</summary>
    public TimeSpan AskedLatency { get; init; }

    /// <summary>The loss that the profile made of the frames that came since it came into force, 0 to 1; what a full queue dropped is not part of it.</summary>
    public double Loss { get; init; }

    /// <summary>The loss that the profile asks for, 0 to 1; of loss in bursts, in the long run.</summary>
    public double AskedLoss { get; init; }

    /// <summary>Frames since the enforcer's start: those that the instance sent, or that were sent to it.</summary>
    public long Frames { get; init; }

    /// <summary>Their octets.</summary>
    public long Bytes { get; init; }

    /// <summary>Frames that the profile dropped since it came into force, for whatever reason: its loss, or a full queue.</summary>
    public long Dropped { get; init; }

    /// <summary>The number of the interface record.</summary>
    public long InterfaceId { get; init; }

    /// <summary>The enforcer; empty if the vNIC is not attached.</summary>
    public string EnforcerId { get; init; } = string.Empty;

    /// <summary>The metric beside what a profile asks for.</summary>
    /// <param name="asked">The direction of the profile.</param>
    public MacNicMetric WithAsked(LinkProfile asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return this with { AskedBandwidth = asked.Bandwidth, AskedLatency = asked.Latency, AskedLoss = Math.Round(asked.BurstLoss?.MeanLoss ?? asked.LossRate.Fraction, ShareDigits) };
    }

    /// <summary>The metric as one line.</summary>
    public override string ToString() => State == NicState.NotAttached
        ? $"{Interface} {Direction}: not attached"
        : $"{Interface} {Direction}: {BitRate} of {AskedBandwidth?.ToString() ?? "no limit"}, {AddedLatencyP50.TotalMilliseconds:0.##} of {AskedLatency.TotalMilliseconds:0.##} ms, {Loss:P2} of {AskedLoss:P2} lost";
}
