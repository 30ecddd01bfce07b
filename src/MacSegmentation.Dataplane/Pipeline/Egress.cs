using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Pipeline;

/// <summary>Where a frame is to leave: by one port, by some, or by all of its VLAN.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is filled in place.")]
internal struct Egress
{
    /// <summary>The one port, or −1.</summary>
    public int Port;

    /// <summary>What is behind that port, where it leads to several (a remote tunnel endpoint); 0 for the port itself.</summary>
    public int Endpoint;

    /// <summary>Some ports, or null.</summary>
    public int[]? Ports;

    /// <summary>True if it goes to the uplinks, beside <see cref="Ports"/>.</summary>
    public bool ToUplinks;

    /// <summary>True if it goes to the ports that are still learning who is behind them, beside the others.</summary>
    public bool ToLearning;

    /// <summary>True if it goes to all ports of its VLAN.</summary>
    public bool ToAll;

    /// <summary>True if it goes to more than it is for: nobody knows where its destination is, or it is for a group.</summary>
    public bool IsFlood;
}
