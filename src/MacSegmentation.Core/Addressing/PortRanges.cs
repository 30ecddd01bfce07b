using MacSegmentation.Errors;

namespace MacSegmentation.Addressing;

/// <summary>Lists of ports.</summary>
internal static class PortRanges
{
    /// <summary>The same ports in as few ranges as possible, ascending.</summary>
    /// <param name="ports">The ports, in any order.</param>
    /// <exception cref="MacSegmentationException">InvalidPortRange.</exception>
    public static List<PortRange> Join(IReadOnlyList<PortRange> ports)
    {
        var joined = new List<PortRange>();
        foreach (var range in ports.OrderBy(range => range.First))
        {
            if (range.First > range.Last)
            {
                throw new MacSegmentationException(
                    "InvalidPortRange", MacErrorKind.InvalidArgument, $"The ports {range} are reversed. Give the lower one first.", range);
            }

            if (joined.Count > 0 && range.First <= joined[^1].Last + 1)
            {
                joined[^1] = joined[^1] with { Last = Math.Max(joined[^1].Last, range.Last) };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
