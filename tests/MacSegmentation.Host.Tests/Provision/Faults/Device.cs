using MacSegmentation.Addressing;

namespace MacSegmentation.Provision.Faults;

/// <summary>A device as its client knows it.</summary>
internal sealed class Device(string handle, FleetSite site)
{
    public string Handle => handle;

    /// <summary>Where it asks.</summary>
    public FleetSite Site { get; set; } = site;

    /// <summary>What it was answered; null if it was not, or has given it up.</summary>
    public MacAddress? Address { get; set; }

    /// <summary>True from its wish to give its address up until it is sure that this has happened.</summary>
    public bool IsReleasing { get; set; }
}
