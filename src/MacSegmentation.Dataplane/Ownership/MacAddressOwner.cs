using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Reports;
using MacSegmentation.Units;

namespace MacSegmentation.Ownership;

/// <summary>Who holds an address that several may hold, as a running switch has seen it.</summary>
public sealed record MacAddressOwner
{
    /// <summary>What is told of it.</summary>
    public static Report<MacAddressOwner> Report { get; } = new Report<MacAddressOwner>()
        .Text("enforcer", owner => owner.Enforcer)
        .Number("vlanId", owner => owner.VlanId)
        .Reference("ipAddress", owner => owner.IPAddress)
        .Value("macAddress", owner => owner.MacAddress)
        .Text("interface", owner => owner.Interface)
        .Text("port", owner => owner.Port)
        .Flag("isReachable", owner => owner.IsReachable)
        .Time("since", owner => owner.Since)
        .Choice("detectedBy", owner => owner.DetectedBy)
        .Text("previousInterface", owner => owner.PreviousInterface)
        .Text("previousPort", owner => owner.PreviousPort)
        .Time("previousSince", owner => owner.PreviousSince)
        .Number("changes", owner => owner.Changes)
        .Texts("candidates", owner => owner.Candidate, nameof(Candidate));

    /// <summary>The enforcer's name; null outside a session's enforcers.</summary>
    public string? Enforcer { get; init; }

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The IP address; null if it is about a MAC address alone.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>The MAC address that it is used with now; null while nobody has shown to hold it.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Name of the interface record that holds it; null while nobody does, or if it is behind an uplink.</summary>
    public string? Interface { get; init; }

    /// <summary>The network interface of the switch that it is behind; null while nobody holds it.</summary>
    public string? Port { get; init; }

    /// <summary>True if a port that is up leads to it; else nobody is reached there, and the switch does not answer for it.</summary>
    public bool IsReachable { get; init; }

    /// <summary>When it came there: the time of the frame that showed it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How the switch learned it.</summary>
    public DetectionMethod? DetectedBy { get; init; }

    /// <summary>The record that held it before.</summary>
    public string? PreviousInterface { get; init; }

    /// <summary>The port that it was behind before.</summary>
    public string? PreviousPort { get; init; }

    /// <summary>When it came to the previous port.</summary>
    public DateTimeOffset? PreviousSince { get; init; }

    /// <summary>How often it went from one place to another.</summary>
    public int Changes { get; init; }

    /// <summary>Names of the interface records that may hold it.</summary>
    public IReadOnlyList<string> Candidate { get; init => field = TextList.Of<string>(value); } = TextList.Of<string>([]);
}
