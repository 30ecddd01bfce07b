namespace MacSegmentation.Examples;

/// <summary>Ten seconds on the plant's trunk: what the devices say to each other, and what a switch meets besides.</summary>
internal sealed class PlantTraffic
{
    private const ulong Broadcast = 0xFFFF_FFFF_FFFF;

    /// <summary>The group that RFC 2464 section 7 and RFC 4291 section 2.7.1 give a neighbour's address; its last 24 bits follow.</summary>
    private const ulong SolicitedNode = 0x3333_FF00_0000;

    private const int Cameras = 10;
    private const int Controllers = 20;
    private const int Unknown = 30;
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000 * Microsecond;

    /// <summary>2026-01-05 08:00:00 UTC, a Monday.</summary>
    private const long Start = 1_767_600_000L * 1_000 * Millisecond;

    private readonly List<RecordedFrame> frames = [];

    /// <summary>The state of Marsaglia's xorshift ("Xorshift RNGs", 2003): the same numbers in every version of .NET.</summary>
    private uint random = 2_463_534_242;

    private PlantTraffic()
    {
    }

    /// <summary>All frames by time.</summary>
    public static IReadOnlyList<RecordedFrame> Record()
    {
        var traffic = new PlantTraffic();
        traffic.Resolve();
        traffic.Watch();
        traffic.Control();
        traffic.Intrude();
        traffic.Manage();
        traffic.Break();
        return [.. traffic.frames.OrderBy(frame => frame.Timestamp)];
    }

    /// <summary>Who is where: ARP in both VLANs, and IPv6 neighbours.</summary>
    private void Resolve()
    {
        int at = 0;
        foreach (var camera in new[] { Station.Camera1, Station.Camera2, Station.Camera3 })
        {
            Ask(at++, Cameras, camera, Station.Recorder);
            Add(at++, SolicitedNode | (Station.Recorder.Mac & 0xFF_FFFF), camera.Mac, [Tag(Cameras)], Packet.IPv6, Packet.NeighbourSolicitation(camera.Mac, Station.Recorder.Mac));
        }

        foreach (var controller in new[] { Station.Plc1, Station.Plc2 })
        {
            Ask(at++, Controllers, Station.Panel, controller);
        }
    }

    /// <summary>Cameras stream to the recorder, announce themselves to a group, and try to talk to each other.</summary>
    private void Watch()
    {
        const int StreamPort = 5004;
        const int DiscoveryPort = 3702;
        for (int i = 0; i < 120; i++)
        {
            var camera = (i % 3) switch { 0 => Station.Camera1, 1 => Station.Camera2, _ => Station.Camera3 };
            Add(100 + (i * 80), Station.Recorder, camera, Tag(Cameras, priority: 4), Packet.UdpBody(camera.Ip, Station.Recorder.Ip, StreamPort, StreamPort, Noise(200 + (int)(Next() % 1000))));
        }

        for (int i = 0; i < 24; i++)
        {
            var camera = i % 2 == 0 ? Station.Camera1 : Station.Camera3;
            Add(150 + (i * 400), 0x0100_5E7F_FFFA, camera.Mac, [Tag(Cameras)], Packet.IPv4, Packet.UdpBody(camera.Ip, 0xEFFF_FFFA, DiscoveryPort, DiscoveryPort, Noise(80)));
        }

        for (int i = 0; i < 6; i++)
        {
            Add(900 + (i * 1500), Station.Camera2, Station.Camera1, Tag(Cameras), Packet.UdpBody(Station.Camera1.Ip, Station.Camera2.Ip, 40_000 + i, 80, Noise(40)));
        }
    }

    /// <summary>The panel polls its controllers by Modbus (Modbus Messaging on TCP/IP 1.0b).</summary>
    private void Control()
    {
        const int ModbusPort = 502;
        const int PanelPort = 49_200;
        for (int i = 0; i < 50; i++)
        {
            var plc = i % 2 == 0 ? Station.Plc1 : Station.Plc2;
            byte[] query = [(byte)(i >> 8), (byte)i, 0, 0, 0, 6, 1, 3, 0, 0, 0, 2];
            byte[] answer = [(byte)(i >> 8), (byte)i, 0, 0, 0, 7, 1, 3, 4, .. Noise(4)];
            uint round = (uint)i / 2;
            Add(200 + (i * 190), plc, Station.Panel, Tag(Controllers, priority: 6), Packet.TcpBody(Station.Panel.Ip, plc.Ip, PanelPort, ModbusPort, 1 + (round * 12), 1 + (round * 13), query));
            Add(202 + (i * 190), Station.Panel, plc, Tag(Controllers, priority: 6), Packet.TcpBody(plc.Ip, Station.Panel.Ip, ModbusPort, PanelPort, 1 + (round * 13), 13 + (round * 12), answer));
        }
    }

    /// <summary>What the policies are for: a stolen camera, a visitor among the controllers, a forgotten laptop.</summary>
    private void Intrude()
    {
        for (int i = 0; i < 15; i++)
        {
            Add(3000 + (i * 50), Station.Recorder, Station.StolenCamera, Tag(Cameras), Packet.UdpBody(Station.StolenCamera.Ip, Station.Recorder.Ip, 40_000, 554, Noise(60)));
        }

        Ask(5000, Controllers, Station.Visitor, Station.Plc1);
        for (int i = 0; i < 8; i++)
        {
            Add(5100 + (i * 40), Station.Plc1, Station.Visitor, Tag(Controllers), Packet.TcpBody(Station.Visitor.Ip, Station.Plc1.Ip, 51_000 + i, 502, 1, 1, Noise(12)));
        }

        for (int i = 0; i < 10; i++)
        {
            Ask(5005 + (i * 500), Controllers, Station.Laptop, Station.Panel);
        }
    }

    /// <summary>Frames whose VLAN takes a second look: none, priority only, stacked tags, a VLAN that nobody configured.</summary>
    private void Manage()
    {
        for (int i = 0; i < 12; i++)
        {
            Add(50 + (i * 800), Station.Recorder.Mac, Station.Switch.Mac, [], Packet.IPv4, Packet.UdpBody(Station.Switch.Ip, Station.Recorder.Ip, 514, 514, Noise(90)));
            Add(60 + (i * 800), Station.Camera1.Mac, Station.Switch.Mac, [Tag(vlan: 0, priority: 7)], Packet.IPv4, Packet.UdpBody(Station.Switch.Ip, Station.Camera1.Ip, 123, 123, Noise(48)));
        }

        for (int i = 0; i < 8; i++)
        {
            byte[] body = Packet.UdpBody(Station.Camera3.Ip, Station.Recorder.Ip, 5004, 5004, Noise(300));
            Add(700 + (i * 1000), Station.Recorder.Mac, Station.Camera3.Mac, [ServiceTag(Cameras), Tag(Controllers)], Packet.IPv4, body);
            Add(710 + (i * 1000), Station.Recorder.Mac, Station.Camera3.Mac, [ServiceTag(Unknown), Tag(Cameras)], Packet.IPv4, body);
            Add(720 + (i * 1000), Station.Visitor, Station.Laptop, Tag(Unknown), Packet.UdpBody(Station.Laptop.Ip, Station.Visitor.Ip, 41_000, 8080, Noise(120)));
        }

        // IEEE 802.1AB-2016: one LLDP announcement with chassis, port, time to live and end.
        byte[] announcement = [0x02, 0x07, 0x04, 0x00, 0x50, 0x56, 0xAA, 0x00, 0x01, 0x04, 0x02, 0x07, 0x31, 0x06, 0x02, 0x00, 0x78, 0x00, 0x00];
        Add(30, 0x0180_C200_000E, Station.Switch.Mac, [], 0x88CC, announcement);
    }

    /// <summary>What a switch must never forward, and a frame of which the capture has only the beginning.</summary>
    private void Break()
    {
        byte[] whole = Packet.Ethernet(Station.Recorder.Mac, Station.Camera1.Mac, [ServiceTag(Cameras), Tag(Cameras)], Packet.IPv4, Packet.UdpBody(Station.Camera1.Ip, Station.Recorder.Ip, 5004, 5004, Noise(1400)));
        const int Headless = 13;
        const int CutInTag = 16;
        const int CutInSecondTag = 20;
        const int Captured = 96;
        Record(4000, whole[..Headless], Headless);
        Record(4001, whole[..CutInTag], CutInTag);
        Record(4002, whole[..CutInSecondTag], CutInSecondTag);
        Record(4003, whole[..Captured], whole.Length);
    }

    private void Ask(int at, int vlan, Station asker, Station sought)
    {
        Add(at, Broadcast, asker.Mac, [Tag(vlan)], Packet.Arp, Packet.ArpBody(1, asker.Mac, asker.Ip, 0, sought.Ip));
        Add(at + 1, asker.Mac, sought.Mac, [Tag(vlan)], Packet.Arp, Packet.ArpBody(2, sought.Mac, sought.Ip, asker.Mac, asker.Ip));
    }

    private void Add(int at, Station destination, Station source, (int Type, int Control) tag, byte[] payload) =>
        Add(at, destination.Mac, source.Mac, [tag], Packet.IPv4, payload);

    private void Add(int at, ulong destination, ulong source, (int Type, int Control)[] tags, int type, byte[] payload)
    {
        byte[] frame = Packet.Ethernet(destination, source, tags, type, payload);
        Record(at, frame, frame.Length);
    }

    private void Record(int at, byte[] frame, int originalLength) =>
        frames.Add(new RecordedFrame(frame, originalLength, Start + (at * Millisecond) + (Next() % 900 * Microsecond)));

    private static (int Type, int Control) Tag(int vlan, int priority = 0) => (Packet.CustomerTag, (priority << 13) | vlan);

    private static (int Type, int Control) ServiceTag(int vlan) => (Packet.ServiceTag, vlan);

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        for (int i = 0; i < length; i++)
        {
            noise[i] = (byte)Next();
        }

        return noise;
    }

    private uint Next()
    {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        return random;
    }
}
