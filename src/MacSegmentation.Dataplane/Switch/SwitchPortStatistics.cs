using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Reports;

namespace MacSegmentation.Switch;

/// <summary>One port's numbers.</summary>
public sealed record SwitchPortStatistics
{
    /// <summary>What is told of it.</summary>
    public static Report<SwitchPortStatistics> Report { get; } = new Report<SwitchPortStatistics>()
        .Text("port", port => port.Port)
        .Text("interface", port => port.Interface)
        .Flag("isUplink", port => port.IsUplink)
        .Text("vlans", port => port.Vlans)
        .With(nameof(Counts), port => port.Counts, TrafficCounts.Report)
        .Number("framesSent", port => port.FramesSent)
        .Number("bytesSent", port => port.BytesSent)
        .Number("framesNotSent", port => port.FramesNotSent)
        .Number("copiesNotSent", port => port.CopiesNotSent)
        .Number("framesRefused", port => port.FramesRefused)
        .Number("addressesLearned", port => port.AddressesLearned)
        .Number("framesNotLearned", port => port.FramesNotLearned)
        .Part("fromInstance", port => port.FromInstance, LinkStatistics.Report)
        .Part("toInstance", port => port.ToInstance, LinkStatistics.Report);

    /// <summary>The network interface.</summary>
    public required string Port { get; init; }

    /// <summary>Name of the interface record whose port it is, or null.</summary>
    public required string? Interface { get; init; }

    /// <summary>True if it leads to other switches.</summary>
    public required bool IsUplink { get; init; }

    /// <summary>The VLANs that it carries; <c>u</c> marks the one without a tag.</summary>
    public required string Vlans { get; init; }

    /// <summary>False while the interface is down or gone.</summary>
    public required bool IsPortUp { get; init; }

    /// <summary>The frames that came in by it.</summary>
    public required TrafficCounts Counts { get; init; }

    /// <summary>Frames that left by it; each copy of a frame counts.</summary>
    public required long FramesSent { get; init; }

    /// <summary>Octets that left by it.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Frames that should have left by it and that it did not take.</summary>
    public required long FramesNotSent { get; init; }

    /// <summary>Copies of frames for several remotes of a tunnel that did not reach one of them.</summary>
    public long CopiesNotSent { get; init; }

    /// <summary>Copies that the security groups kept from leaving by it.</summary>
    public required long FramesRefused { get; init; }

    /// <summary>Addresses learned at it.</summary>
    public required int AddressesLearned { get; init; }

    /// <summary>Frames from addresses that were not learned because the port or the switch has learned as many as it may, and that were forwarded all the same.</summary>
    public required long FramesNotLearned { get; init; }

    /// <summary>What the port's vNIC profile does with what its instance sends; null without one, or if it does nothing.</summary>
    public LinkStatistics? FromInstance { get; init; }

    /// <summary>What the port's vNIC profile does with what goes to its instance; null without one, or if it does nothing.</summary>
    public LinkStatistics? ToInstance { get; init; }

    /// <summary>The port as one line.</summary>
    public override string ToString() =>
        $"{Port}: {Counts.FramesIn} in, {Counts.FramesForwarded} forwarded, {Counts.FramesDenied} denied, {Counts.FramesDropped} dropped; {FramesSent} sent";
}
