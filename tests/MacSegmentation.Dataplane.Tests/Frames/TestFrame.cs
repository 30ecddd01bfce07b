namespace MacSegmentation.Frames;

/// <summary>
/// Builds frames octet by octet, as the standards draw them and not as the code under test reads them.
/// </summary>
internal static class TestFrame
{
    public static byte[] Build(ulong destination, ulong source, (int Type, int Priority, int Vlan)[] tags, int type = 0x0800, int payload = 46)
    {
        var octets = new List<byte>();
        AddAddress(octets, destination);
        AddAddress(octets, source);
        foreach ((int tagType, int priority, int vlan) in tags)
        {
            octets.Add((byte)(tagType >> 8));
            octets.Add((byte)tagType);
            octets.Add((byte)((priority << 5) | (vlan >> 8)));
            octets.Add((byte)vlan);
        }

        octets.Add((byte)(type >> 8));
        octets.Add((byte)type);
        for (int i = 0; i < payload; i++)
        {
            octets.Add((byte)i);
        }

        return [.. octets];
    }

    public static byte[] Build(ulong destination, ulong source, int? vlan = null, int payload = 46) =>
        Build(destination, source, vlan is { } id ? [(0x8100, 0, id)] : [], payload: payload);

    private static void AddAddress(List<byte> octets, ulong address)
    {
        for (int shift = 40; shift >= 0; shift -= 8)
        {
            octets.Add((byte)(address >> shift));
        }
    }
}
