using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.SecurityGroups;

/// <summary>A packet as a test thinks of it, and the frame that says so.</summary>
internal sealed record TestPacket(IPAddress Source, IPAddress Destination, byte Protocol)
{
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Gre = 47;
    public const byte IcmpV6 = 58;

    public const byte Fin = 1;
    public const byte Syn = 2;
    public const byte Rst = 4;
    public const byte Ack = 16;

    private const byte FragmentHeader = 44;
    private const byte DestinationOptions = 60;

    public enum Part
    {
        Whole,
        First,
        Later,
        Overlapping,
    }

    public int SourcePort { get; init; }

    public int DestinationPort { get; init; }

    public byte Flags { get; init; }

    public byte IcmpType { get; init; }

    public int Identifier { get; init; }

    public Part Fragment { get; init; }

    public uint FragmentId { get; init; }

    /// <summary>True if options for the destination come before the transport header, within the fragmentable part (IPv6).</summary>
    public bool HasOptions { get; init; }

    /// <summary>True if the transport header is cut.</summary>
    public bool IsCut { get; init; }

    /// <summary>The packet that an ICMP error is about.</summary>
    public TestPacket? Quoted { get; init; }

    /// <summary>Octets of the quoted packet behind its IP header, at most.</summary>
    public int QuotedOctets { get; init; } = 8;

    public bool IsIPv6 => Source.AddressFamily == AddressFamily.InterNetworkV6;

    public bool HasPorts => Protocol is Tcp or Udp;

    public bool IsIcmp => Protocol == (IsIPv6 ? IcmpV6 : Icmp);

    public bool IsEchoRequest => IsIcmp && IcmpType == (IsIPv6 ? 128 : 8);

    public bool IsEchoReply => IsIcmp && IcmpType == (IsIPv6 ? 129 : 0);

    public bool IsError => IsIcmp && (IsIPv6 ? IcmpType is 1 or 2 or 3 or 4 : IcmpType is 3 or 11 or 12);

    public static TestPacket OfTcp(string source, int sourcePort, string destination, int destinationPort, byte flags = Syn) =>
        new(IPAddress.Parse(source), IPAddress.Parse(destination), Tcp) { SourcePort = sourcePort, DestinationPort = destinationPort, Flags = flags };

    public static TestPacket OfUdp(string source, int sourcePort, string destination, int destinationPort) =>
        new(IPAddress.Parse(source), IPAddress.Parse(destination), Udp) { SourcePort = sourcePort, DestinationPort = destinationPort };

    public static TestPacket OfEcho(string source, string destination, int identifier)
    {
        var packet = new TestPacket(IPAddress.Parse(source), IPAddress.Parse(destination), Icmp) { IcmpType = 8, Identifier = identifier };
        return packet.IsIPv6 ? packet with { Protocol = IcmpV6, IcmpType = 128 } : packet;
    }

    /// <summary>What the destination says to it.</summary>
    public TestPacket Answer(byte flags = Ack) => this with
    {
        Source = Destination,
        Destination = Source,
        SourcePort = DestinationPort,
        DestinationPort = SourcePort,
        Flags = Protocol == Tcp ? flags : (byte)0,
        IcmpType = IsEchoRequest ? (byte)(IsIPv6 ? 129 : 0) : IcmpType,
    };

    /// <summary>What somebody on the way, or the destination itself, says about it.</summary>
    public TestPacket Error(string from) => new(IPAddress.Parse(from), Source, IsIPv6 ? IcmpV6 : Icmp) { IcmpType = (byte)(IsIPv6 ? 1 : 3), Quoted = this };

    public byte[] Frame() => Fragment == Part.Whole || IsIPv6
        ? new FrameBuilder(new MacAddress(2), new MacAddress(4)).IP(Source, Destination, Fragment == Part.Whole ? Protocol : FragmentHeader, Payload())
        : FragmentOfIPv4();

    private int HeaderLength() => !IsIPv6 ? 20 : Fragment == Part.Whole ? 40 : 48;

    private byte[] FragmentOfIPv4()
    {
        byte[] frame = new FrameBuilder(new MacAddress(2), new MacAddress(4)).IP(Source, Destination, Protocol, Payload());
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), (ushort)FragmentId);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(20), (ushort)(FragmentOffset() | (Fragment == Part.First ? 0x2000 : 0)));
        return frame;
    }

    private int FragmentOffset() => Fragment switch
    {
        Part.Later => 100,
        Part.Overlapping => Protocol == Tcp ? 1 : 0,
        _ => 0,
    };

    private byte[] Payload()
    {
        byte[] transport = Transport();
        transport = IsCut ? transport[..^1] : transport;
        if (Fragment == Part.Whole || !IsIPv6)
        {
            return transport;
        }

        transport = HasOptions && Fragment == Part.First ? [Protocol, 0, 1, 4, 0, 0, 0, 0, .. transport] : transport;
        byte[] header = [HasOptions ? DestinationOptions : Protocol, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)((FragmentOffset() << 3) | (Fragment == Part.First ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), FragmentId);
        return [.. header, .. transport];
    }

    private byte[] Transport()
    {
        if (IsIcmp)
        {
            byte[] quoted = Quoted?.Frame()[14..] ?? [];
            int length = Quoted is null ? 0 : Quoted.HeaderLength() + QuotedOctets;
            return [IcmpType, 0, 0, 0, (byte)(Identifier >> 8), (byte)Identifier, 0, 1, .. quoted[..Math.Min(length, quoted.Length)]];
        }

        byte[] header = new byte[Protocol switch { Tcp => 20, Udp => 8, _ => 4 }];
        if (HasPorts)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)SourcePort);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)DestinationPort);
        }

        if (Protocol == Tcp)
        {
            header[12] = 5 << 4;
            header[13] = Flags;
        }

        return header;
    }
}
