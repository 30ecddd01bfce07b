using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>
/// Network characters that people know by name. Each says where its figures are from; those that are only typical say so, as no one publication defines them. Latencies are half of the
/// round-trip times that are published.
/// </summary>
public static class ProfilePresets
{
    private const string WebPageTest = "WebPageTest's connectivity profile";

    /// <summary>The presets, from the slowest to the fastest.</summary>
    public static IReadOnlyList<MacProfile> All { get; } =
    [
        Preset("dial-up", "49kbit", "30kbit", 60, 0, $"A modem of 56 kbit/s. {WebPageTest} '56K': 49/30 kbit/s, 120 ms round trip."),
        Preset("dsl", "1500kbit", "384kbit", 25, 0, $"A slow DSL line. {WebPageTest} 'DSL': 1.5 Mbit/s, 384 kbit/s, 50 ms round trip."),
        Preset("cable", "5mbit", "1mbit", 14, 0, $"A cable modem. {WebPageTest} 'Cable': 5/1 Mbit/s, 28 ms round trip."),
        Preset("lte", "12mbit", "12mbit", 35, 0, $"A 4G phone. {WebPageTest} 'LTE': 12/12 Mbit/s, 70 ms round trip, without loss."),
        Preset("5g", "200mbit", "20mbit", 15, 5, "A 5G phone in a mid band. Typical values: in the order of what public speed tests report, 200/20 Mbit/s and 30 ms round trip."),
        Preset(
            "satellite-geo", "25mbit", "3mbit", 280, 5, "A geostationary satellite. RFC 2488 section 2: up to 279 ms one way. The bandwidths (25/3 Mbit/s), jitter and loss are typical values.", "0.1%"),
        Preset(
            "satellite-leo", "150mbit", "15mbit", 25, 5, "Satellites in low orbits. Michel et al., A First Look at Starlink Performance (IMC 2022): 50 ms median round trip, 40 to 60 ms. Bandwidths and loss are typical values.", "0.4%"),
        Preset("wifi-good", "200mbit", "200mbit", 2, 1, "Wi-Fi near its access point. Typical values of IEEE 802.11ac in one room; no publication defines them."),
        Preset("wifi-bad", "5mbit", "2mbit", 20, 15, "Wi-Fi at the edge of its reach: bursts of loss and much jitter. Typical values; no publication defines them.", burstLoss: "1%,20%,50%,0%"),
        Preset("transatlantic", bandwidth: null, upward: null, 37.5, 1, "A path between London and New York: about 75 ms round trip, as network operators publish (their agreements promise 90 ms or less). Without a limit of bandwidth."),
        Preset("datacentre", "10gbit", "10gbit", 0.25, 0, "Two hosts of one datacentre. Dean, Numbers Everyone Should Know (2009): 0.5 ms round trip. The bandwidth of a 10 gigabit port."),
    ];

    /// <summary>The preset with this name in any case, or null. A datacenter is a datacentre.</summary>
    public static MacProfile? Find(string name)
    {
        string known = string.Equals(name, "datacenter", StringComparison.OrdinalIgnoreCase) ? "datacentre" : name;
        return All.FirstOrDefault(preset => string.Equals(preset.Name, known, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The preset with this name.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">PresetNotFound.</exception>
    public static MacProfile Get(string name) => Find(name) ?? throw new MacSegmentationException(
        "PresetNotFound", MacErrorKind.NotFound, $"There is no preset '{name}'. Give one of {string.Join(", ", All.Select(known => known.Name))}.", name);

    private static MacProfile Preset(
        string name, string? bandwidth, string? upward, double latency, double jitter, string source, string? lossRate = null, string? burstLoss = null)
    {
        var both = new LinkProfile
        {
            Latency = TimeSpan.FromMilliseconds(latency),
            Jitter = TimeSpan.FromMilliseconds(jitter),
            Distribution = jitter > 0 ? JitterDistribution.Normal : default,
            LossRate = lossRate is null ? default : Percentage.Parse(lossRate),
            BurstLoss = burstLoss is null ? null : BurstLoss.Parse(burstLoss),
        };
        return new MacProfile
        {
            Name = name,
            Description = source,
            Ingress = both with { Bandwidth = bandwidth is null ? null : BitRate.Parse(bandwidth) },
            Egress = both with { Bandwidth = upward is null ? null : BitRate.Parse(upward) },
            Preset = name,
        };
    }
}
