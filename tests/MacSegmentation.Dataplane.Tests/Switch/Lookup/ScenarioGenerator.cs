using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch.Lookup;

/// <summary>
/// Draws switches of a small world, where everything meets everything: two VLANs with the same addresses, records that share pairs and some of
/// which have no port here, two uplinks, a trunk and an access port.
/// </summary>
internal sealed class ScenarioGenerator(Random random)
{
    private const string Virtual = "00:00:5e:00:01:0a";
    private const string OtherVirtual = "00:00:5e:00:01:0b";

    private static readonly (string Name, int Vlan, string Mac, string[] Addresses)[] Known =
    [
        ("a", 10, "02:00:00:00:00:0a", ["10.0.0.11/24", "fd00::11/64"]),
        ("b", 10, "02:00:00:00:00:0b", ["10.0.0.12/24", "fd00::12/64"]),
        ("c", 10, "02:00:00:00:00:0c", ["10.0.0.13/24"]),
        ("d", 20, "02:00:00:00:00:0a", ["10.0.0.11/24"]),
        ("e", 10, "02:00:00:00:00:0e", ["10.0.0.15/24", "fd00::15/64"]),
        ("f", 20, "02:00:00:00:00:0b", []),
    ];

    private static readonly string[] Macs =
    [
        "02:00:00:00:00:0a", "02:00:00:00:00:0b", "02:00:00:00:00:0c", "02:00:00:00:00:0e", Virtual, Virtual, OtherVirtual,
        "02:00:00:00:00:71", "02:00:00:00:00:72", "02:00:00:00:00:73",
    ];

    private static readonly string[] Groups = ["ff:ff:ff:ff:ff:ff", "33:33:ff:00:00:11", "01:80:c2:00:00:0e", "01:80:c2:00:00:10"];
    private static readonly string[] IPv4 = ["10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.15", "10.0.0.100", "10.0.0.100", "10.0.0.101", "10.0.0.66"];
    private static readonly string[] IPv6 = ["fd00::11", "fd00::12", "fd00::15", "fd00::100", "fd00::66", "fe80::ff:fe00:a"];

    private bool Sometimes => random.Next(3) == 0;

    private bool Rarely => random.Next(12) == 0;

    public static Scenario Draw(int seed) => new ScenarioGenerator(new Random(seed)).Draw();

    private Scenario Draw()
    {
        // The records whose ports are somewhere else are the same in all configurations: a port is given to a name.
        string[] remote = [.. Known.Select(known => known.Name).Where(_ => Sometimes)];
        SwitchPortSettings[] ports =
        [
            .. Known.Where(known => !remote.Contains(known.Name)).Select(known => Limit(TestBridge.PortOf(known.Name))),
            Limit(new SwitchPortSettings { Adapter = "access", Vlans = [10] }),
            Limit(new SwitchPortSettings { Adapter = "trunk", Vlans = [10, 20], NativeVlan = Pick<int?>(null, 10, 30) }),
            Limit(new SwitchPortSettings { Adapter = "up-1", IsUplink = true, Vlans = Pick<int[]>([], [10, 20], [10]), NativeVlan = Pick<int?>(null, 10, 20) }),
            Limit(TestBridge.Uplink("up-2", 10, 20)),
        ];
        var options = new SwitchOptions
        {
            AddressLimit = Sometimes ? random.Next(1, 6) : 100,
            FloodUnknownUnicast = Sometimes,
            ForwardLinkLocal = Sometimes,
        };
        ConfigurationSnapshot[] configurations = [.. Enumerable.Range(0, 3).Select(number => Configuration(number + 1))];
        string[] names = [.. ports.Select(port => port.Adapter)];
        return new Scenario(ports, options, configurations, [.. Enumerable.Range(0, 60).Select(_ => Step(names))]);
    }

    private T Pick<T>(params T[] among) => among[random.Next(among.Length)];

    private SwitchPortSettings Limit(SwitchPortSettings port) => port with { StormLimit = Sometimes ? 1 : 0, AddressLimit = Rarely ? random.Next(1, 3) : 0 };

    private ConfigurationSnapshot Configuration(int revision) => new(revision, [.. new[] { 10, 20 }.Where(_ => !Rarely).Select(Vlan)])
    {
        Interfaces = [.. Known.Where(_ => !Rarely).Select(Record)],
    };

    private VlanPolicies Vlan(int id)
    {
        var policies = Enumerable.Range(1, random.Next(3)).Where(_ => Sometimes).Select(order => new MacPolicy
        {
            PolicyId = (id * 10) + order,
            VlanId = id,
            Order = order,
            SourceAddress = MacPattern.Parse(Pick("*", Pick(Macs))),
            DestinationAddress = MacPattern.Parse(Pick("*", Pick(Macs), "ff:ff:ff:ff:ff:ff")),
            Action = Pick(PolicyAction.Allow, PolicyAction.Deny, PolicyAction.Drop),
        });
        return new VlanPolicies(id, Rarely ? PolicyAction.Deny : PolicyAction.Allow, [.. policies]) { ArpResponder = !Sometimes };
    }

    private MacInterface Record((string Name, int Vlan, string Mac, string[] Addresses) known)
    {
        // Now and then a record is in another VLAN than usual, with another MAC address so that no two are the same.
        bool isMoved = Rarely;
        var record = TestBridge.Record(known.Name, isMoved ? 30 - known.Vlan : known.Vlan, isMoved ? known.Mac.Replace("02:00:00:00:00", "02:00:00:00:01", StringComparison.Ordinal) : known.Mac, known.Addresses)
            with { PortSecurity = !Sometimes };
        if (known.Addresses.Length == 0)
        {
            return record;
        }

        (string Address, string? Mac)[] pairs = [("10.0.0.100", Virtual), ("10.0.0.100", null), ("10.0.0.101", OtherVirtual), ("10.0.0.101", Virtual), ("fd00::100", Virtual), ("10.0.0.12", null), ("10.0.0.11", Virtual)];
        foreach (var (address, mac) in pairs.Where(_ => Sometimes))
        {
            bool isFixedOwn = mac is null && record.IPAddress.Any(own => string.Equals(own.Address.ToString(), address, StringComparison.Ordinal));
            record = isFixedOwn ? record : TestBridge.WithPair(record, address, mac);
        }

        return record;
    }

    private Step Step(string[] ports)
    {
        int seconds = Sometimes ? Pick(1, 2, 100, 150, 301) : 0;
        string port = Pick(ports);
        return random.Next(20) switch
        {
            0 => new Step(port, Frame: null, Configuration: null, seconds),
            1 => new Step(Port: null, Frame: null, random.Next(3), seconds),
            _ => new Step(port, Frame(port), Configuration: null, seconds),
        };
    }

    private SentFrame Frame(string port)
    {
        // Mostly what the one behind a port would send, in the form that its port takes.
        var own = Known.FirstOrDefault(known => string.Equals($"p-{known.Name}", port, StringComparison.Ordinal));
        var source = MacAddress.Parse(Rarely ? Pick(Groups) : own.Mac is not null && !Sometimes ? Pick(own.Mac, Virtual) : Pick(Macs));
        var payload = Payload(source, own.Addresses is [var first, ..] && !Sometimes ? first.Split('/')[0] : null);
        bool isForAll = payload is not (SentNothing or SentDatagram) && !Rarely;
        var destination = MacAddress.Parse(isForAll ? Groups[Rarely ? 1 : 0] : Rarely ? Pick(Groups) : Pick(Macs));
        return new SentFrame(source, destination, Tags(own.Mac is not null || port is "access"), payload, IsCut: random.Next(40) == 0);
    }

    private (int Type, int Priority, int Vlan)[] Tags(bool isAccess)
    {
        (int, int, int) Tag(int vlan) => (Rarely ? 0x88A8 : 0x8100, random.Next(8), vlan);
        int count = isAccess ? (Rarely ? random.Next(1, 3) : 0) : Sometimes ? random.Next(3) : 1;
        return [.. Enumerable.Range(0, count).Select(_ => Tag(isAccess ? Pick(0, 0, 10, 20) : Pick(10, 10, 10, 20, 20, 0, 30)))];
    }

    private SentPayload Payload(MacAddress source, string? own)
    {
        string four = own ?? Pick(IPv4);
        var other = MacAddress.Parse(Pick(Macs));
        return random.Next(12) switch
        {
            0 or 1 => new SentNothing(),
            2 or 3 => new SentDatagram(four, Pick(IPv4)),
            4 => new SentDatagram(Pick(IPv6), Pick(IPv6)),
            5 or 6 => new SentArp(1, Rarely ? other : source, Rarely ? "0.0.0.0" : four, Pick(IPv4)),
            7 => Announcement(source),
            8 => new SentArp(2, Sometimes ? other : source, Pick(IPv4), Pick(IPv4)),
            9 => new SentNeighbor(SentNeighbor.Solicitation, Sometimes ? "::" : Pick(IPv6), Pick(IPv6), Sometimes ? null : Sometimes ? other : source),
            10 => new SentNeighbor(SentNeighbor.Advertisement, Pick(IPv6), Pick(IPv6), Sometimes ? null : Sometimes ? other : source),
            _ => new SentVrrp(four, Sometimes ? [Pick(IPv4), Pick(IPv4)] : ["10.0.0.100"]),
        };
    }

    private SentArp Announcement(MacAddress source)
    {
        string address = Pick("10.0.0.100", "10.0.0.101", Pick(IPv4));
        return new SentArp(Pick(1, 2), Sometimes ? MacAddress.Parse(Virtual) : source, address, address);
    }
}
