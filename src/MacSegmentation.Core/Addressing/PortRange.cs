using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MacSegmentation.Addressing;

/// <summary>Ports of TCP or UDP, such as <c>80</c> or <c>8000-8080</c>.</summary>
/// <param name="First">Lowest port.</param>
/// <param name="Last">Highest port, not lower than the first.</param>
public readonly record struct PortRange(ushort First, ushort Last) : IParsable<PortRange>
{
    /// <summary>Reads a port or a range of ports.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static PortRange Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var range) ? range : throw new FormatException($"'{s}' is no port. Give a number from 0 to 65535, or a range such as 8000-8080.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PortRange result)
    {
        result = default;
        string[] ends = (s ?? string.Empty).Split('-');
        if (ends.Length > 2
            || !ushort.TryParse(ends[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ushort first)
            || !ushort.TryParse(ends[^1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ushort last)
            || first > last)
        {
            return false;
        }

        result = new PortRange(first, last);
        return true;
    }

    /// <summary>True if the port is one of them.</summary>
    public bool Contains(ushort port) => First <= port && port <= Last;

    /// <summary>The port, or the range with a hyphen.</summary>
    public override string ToString() => First == Last ? string.Create(CultureInfo.InvariantCulture, $"{First}") : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
