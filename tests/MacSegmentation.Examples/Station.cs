namespace MacSegmentation.Examples;

/// <summary>A device of the example's network.</summary>
internal sealed record Station(string Name, ulong Mac, uint Ip)
{
    private const uint Network = 0x0A00_0000;

    public static readonly Station Camera1 = new("camera-1", 0x001A_2B3C_4001, Network + 0x0A01);
    public static readonly Station Camera2 = new("camera-2", 0x001A_2B3C_4002, Network + 0x0A02);
    public static readonly Station Camera3 = new("camera-3", 0x001A_2B3C_4003, Network + 0x0A03);
    public static readonly Station StolenCamera = new("camera-4", 0x001A_2B3C_4004, Network + 0x0A04);
    public static readonly Station Recorder = new("recorder", 0x001A_2B3C_4F00, Network + 0x0AF0);
    public static readonly Station Plc1 = new("plc-1", 0x0200_5E10_0001, Network + 0x1401);
    public static readonly Station Plc2 = new("plc-2", 0x0200_5E10_0002, Network + 0x1402);
    public static readonly Station Panel = new("panel", 0x0200_5E10_0100, Network + 0x1410);
    public static readonly Station Laptop = new("laptop", 0x3C52_8247_11A0, Network + 0x14C8);
    public static readonly Station Visitor = new("visitor", 0x7085_C2A1_0B0C, Network + 0x1E05);
    public static readonly Station Switch = new("switch", 0x0050_56AA_0001, Network + 0x0101);
}
