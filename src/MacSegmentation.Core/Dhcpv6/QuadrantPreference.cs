using MacSegmentation.Addressing;

namespace MacSegmentation.Dhcpv6;

/// <summary>How much a quadrant of local addresses is preferred: a pair of the QUAD option (RFC 8948 section 5.1).</summary>
/// <param name="Quadrant">The quadrant; AAI, ELI, Reserved or SAI.</param>
/// <param name="Preference">The higher the better, 0 to 255.</param>
public readonly record struct QuadrantPreference(SlapQuadrant Quadrant, byte Preference)
{
    // By their numbers on the wire.
    private static readonly SlapQuadrant[] Numbers = [SlapQuadrant.AAI, SlapQuadrant.ELI, SlapQuadrant.Reserved, SlapQuadrant.SAI];

    /// <summary>Reads the option; false if half a pair is left. Of a quadrant that comes again the first counts, and numbers that are no quadrant are passed over.</summary>
    /// <param name="octets">What the option holds.</param>
    /// <param name="preferences">The pairs, in their sequence.</param>
    public static bool TryRead(ReadOnlyMemory<byte> octets, out IReadOnlyList<QuadrantPreference> preferences)
    {
        var read = new List<QuadrantPreference>();
        preferences = read;
        var span = octets.Span;
        for (int i = 0; i + 1 < span.Length; i += 2)
        {
            if (span[i] < Numbers.Length && Numbers[span[i]] is var quadrant && !read.Exists(known => known.Quadrant == quadrant))
            {
                read.Add(new QuadrantPreference(quadrant, span[i + 1]));
            }
        }

        return span.Length % 2 == 0;
    }

    /// <summary>The quadrants by preference, the best first; of the same preference in the sequence in which they came.</summary>
    /// <param name="preferences">The pairs.</param>
    public static IReadOnlyList<SlapQuadrant> Rank(IReadOnlyList<QuadrantPreference> preferences) =>
        [.. preferences.OrderByDescending(pair => pair.Preference).Select(pair => pair.Quadrant)];

    /// <summary>The pairs as an option.</summary>
    /// <param name="preferences">The pairs.</param>
    public static Dhcpv6Option ToOption(IReadOnlyList<QuadrantPreference> preferences)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        byte[] octets = new byte[2 * preferences.Count];
        for (int i = 0; i < preferences.Count; i++)
        {
            octets[2 * i] = (byte)Array.IndexOf(Numbers, preferences[i].Quadrant);
            octets[(2 * i) + 1] = preferences[i].Preference;
        }

        return new Dhcpv6Option(Dhcpv6OptionCode.SlapQuad, octets);
    }
}
