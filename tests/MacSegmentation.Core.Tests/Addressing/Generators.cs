using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Addressing;

/// <summary>What addresses, patterns and ranges the properties are tried with.</summary>
internal static class Generators
{
    /// <summary>Any address, the remarkable ones often.</summary>
    public static Gen<MacAddress> Address { get; } = Gen.Frequency(
        (8, from high in Gen.Choose(0, 0xFF_FFFF) from low in Gen.Choose(0, 0xFF_FFFF) select new MacAddress(((ulong)high << 24) | (uint)low)),
        (1, Gen.Elements(default, MacAddress.Broadcast, new MacAddress(1), MacAddress.Parse("01:80:c2:00:00:00"), MacAddress.Parse("01:00:5e:00:00:12"))));

    /// <summary>Addresses so close to each other that patterns over them meet often.</summary>
    public static Gen<MacAddress> CrowdedAddress { get; } = Gen.Frequency(
        (8, from high in Gen.Elements(0x001A_2B00_0000UL, 0x0200_5E00_0000UL, 0x0100_5E00_0000UL)
            from low in Gen.Choose(0, 15)
            from middle in Gen.Elements(0UL, 0x80_0000UL)
            select new MacAddress(high + middle + (ulong)low)),
        (1, Gen.Elements(default, MacAddress.Broadcast)));

    /// <summary>Patterns of crowded addresses: any, one, and prefixes of few lengths, so that masks are shared.</summary>
    public static Gen<MacPattern> CrowdedPattern { get; } = Gen.Frequency(
        (2, Gen.Constant(MacPattern.Any)),
        (4, CrowdedAddress.Select(MacPattern.Exactly)),
        (4, from address in CrowdedAddress from length in Gen.Elements(1, 7, 8, 24, 25, 44, 46, 47) select new MacPattern(address, length)),
        (1, Gen.Elements(MacPattern.Multicast, MacPattern.Unicast)),
        (2, from address in CrowdedAddress from mask in Gen.Elements(0xFF00_0000_000FUL, 0x0100_0000_0001UL, 0x0000_00FF_FFFEUL, 0x0000_0080_0003UL) select new MacPattern(address, new MacAddress(mask))));
}
