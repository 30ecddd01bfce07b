using MacSegmentation.Errors;

namespace MacSegmentation.Addressing;

/// <summary>What a range must be to serve as a pool: only addresses that one station can own (IEEE 802-2014 section 8.2).</summary>
public static class PoolRange
{
    private const int FirstOctet = 40;

    /// <summary>The range between two ends.</summary>
    /// <param name="first">Lowest address.</param>
    /// <param name="last">Highest address; the same for a range of one.</param>
    /// <exception cref="MacSegmentationException">ReversedRange.</exception>
    public static MacRange Create(MacAddress first, MacAddress last) => first <= last
        ? new MacRange(first, last)
        : throw new MacSegmentationException(
            "ReversedRange",
            MacErrorKind.InvalidArgument,
            $"The range {first}-{last} is reversed: its first address must not be above its last. Swap them.",
            last);

    /// <summary>Returns the range if a pool can have it.</summary>
    /// <param name="range">The range.</param>
    /// <exception cref="MacSegmentationException">GroupAddressInRange, ZeroAddressInRange.</exception>
    public static MacRange Validate(MacRange range)
    {
        if (range.First.Value == 0)
        {
            throw new MacSegmentationException(
                "ZeroAddressInRange",
                MacErrorKind.InvalidArgument,
                $"{range} holds 00:00:00:00:00:00, which no station can have. Begin the range at 00:00:00:00:00:01 or above.",
                range);
        }

        // Group addresses fill every odd first octet, so a range is free of them if it stays within one even octet.
        if (range.First.IsGroup || range.Last.IsGroup || range.First.Value >> FirstOctet != range.Last.Value >> FirstOctet)
        {
            var group = range.First.IsGroup ? range.First : new MacAddress(((range.First.Value >> FirstOctet) + 1) << FirstOctet);
            throw new MacSegmentationException(
                "GroupAddressInRange",
                MacErrorKind.InvalidArgument,
                $"{range} holds group addresses{(range.Last.IsBroadcast ? " and the broadcast address" : string.Empty)}, from {group} on, which no station can have. Give a range whose first octet is one even number throughout.",
                range);
        }

        return range;
    }
}
