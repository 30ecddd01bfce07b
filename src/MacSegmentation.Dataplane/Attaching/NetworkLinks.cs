using System.Runtime.InteropServices;
using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Attaching;

/// <summary>The links of a Linux host, through a netlink socket (rtnetlink(7)): of the network namespace in which it was made, whatever thread asks.</summary>
internal sealed unsafe class NetworkLinks : IDisposable
{
    /// <summary>The group of what is made here: it tells a link whose making was cut short before it had its alias from anybody else's. Spells "macs".</summary>
    public const uint Group = 0x6d61_6373;

    private const int AddressLength = 6;

    private readonly SocketHandle socket;
    private readonly byte[] answer = new byte[64 << 10];
    private readonly Lock gate = new();
    private uint sequence;

    /// <summary>Opens the socket; needs no right.</summary>
    /// <exception cref="LinkException">The system gives none.</exception>
    public NetworkLinks()
    {
        socket = new SocketHandle(NativeSocket.Create(NativeRoute.AF_NETLINK, NativeSocket.TypeRaw | NativeSocket.CloseOnExec, NativeRoute.NETLINK_ROUTE));
        if (socket.IsInvalid)
        {
            throw new LinkException(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Makes a pair of virtual Ethernet adapters, both down.</summary>
    /// <param name="name">One end.</param>
    /// <param name="peer">The other.</param>
    /// <param name="peerAddress">The other's hardware address.</param>
    /// <exception cref="LinkException">EEXIST: one of the names is taken; EPERM.</exception>
    public void MakeVeth(string name, string peer, MacAddress peerAddress) => Tell(
        new LinkMessage(NativeRoute.RTM_NEWLINK, NativeRoute.NLM_F_REQUEST | NativeRoute.NLM_F_ACK | NativeRoute.NLM_F_CREATE | NativeRoute.NLM_F_EXCL, default)
            .Add(NativeRoute.IFLA_IFNAME, name)
            .Add(NativeRoute.IFLA_GROUP, Group)
            .Begin(NativeRoute.IFLA_LINKINFO)
                .Add(NativeRoute.IFLA_INFO_KIND, "veth")
                .Begin(NativeRoute.IFLA_INFO_DATA)
                    .Begin(NativeRoute.VETH_INFO_PEER, default)
                        .Add(NativeRoute.IFLA_IFNAME, peer)
                        .Add(NativeRoute.IFLA_GROUP, Group)
                        .Add(NativeRoute.IFLA_ADDRESS, OctetsOf(peerAddress))
                    .End()
                .End()
            .End());

    /// <summary>Gives a link an alias.</summary>
    public void SetAlias(int index, string alias) => Change(index, message => message.Add(NativeRoute.IFLA_IFALIAS, alias));

    /// <summary>Gives a link that is down a hardware address.</summary>
    public void SetAddress(int index, MacAddress address) => Change(index, message => message.Add(NativeRoute.IFLA_ADDRESS, OctetsOf(address)));

    /// <summary>Turns a link on.</summary>
    public void SetUp(int index) => Tell(new LinkMessage(
        NativeRoute.RTM_NEWLINK, NativeRoute.NLM_F_REQUEST | NativeRoute.NLM_F_ACK, new() { Index = index, Flags = NativeRoute.IFF_UP, Change = NativeRoute.IFF_UP }));

    /// <summary>Removes a link, and the other end of a veth with it. One that is gone already is no error.</summary>
    public void Remove(int index)
    {
        try
        {
            Tell(new LinkMessage(NativeRoute.RTM_DELLINK, NativeRoute.NLM_F_REQUEST | NativeRoute.NLM_F_ACK, new() { Index = index }));
        }
        catch (LinkException error) when (error.Number == NativeRoute.ENODEV)
        {
            // It is gone.
        }
    }

    /// <summary>All links of the namespace.</summary>
    public IReadOnlyList<NetworkLink> List()
    {
        lock (gate)
        {
            Send(new LinkMessage(NativeRoute.RTM_GETLINK, NativeRoute.NLM_F_REQUEST | NativeRoute.NLM_F_DUMP, default));
            var links = new List<NetworkLink>();
            while (Receive(links))
            {
            }

            return links;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static byte[] OctetsOf(MacAddress address)
    {
        byte[] octets = new byte[AddressLength];
        for (int i = 0; i < AddressLength; i++)
        {
            octets[i] = (byte)(address.Value >> (8 * (AddressLength - 1 - i)));
        }

        return octets;
    }

    private void Change(int index, Action<LinkMessage> add)
    {
        var message = new LinkMessage(NativeRoute.RTM_NEWLINK, NativeRoute.NLM_F_REQUEST | NativeRoute.NLM_F_ACK, new() { Index = index });
        add(message);
        Tell(message);
    }

    private void Tell(LinkMessage message)
    {
        lock (gate)
        {
            Send(message);
            while (Receive(links: null))
            {
            }
        }
    }

    private void Send(LinkMessage message)
    {
        var bytes = message.Finish(++sequence);
        fixed (byte* start = bytes)
        {
            if (NativeSocket.Write(socket, start, (nuint)bytes.Length) < 0)
            {
                throw new LinkException(Marshal.GetLastPInvokeError());
            }
        }
    }

    /// <summary>Takes in one datagram of the answer.</summary>
    /// <returns>False if it was the last.</returns>
    private bool Receive(List<NetworkLink>? links)
    {
        nint received;
        fixed (byte* start = answer)
        {
            received = NativeSocket.Read(socket, start, (nuint)answer.Length);
        }

        if (received < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error == NativeSocket.ErrorInterrupted ? true : throw new LinkException(error);
        }

        var rest = answer.AsSpan(0, (int)received);
        while (rest.Length >= sizeof(NativeRoute.MessageHeader))
        {
            var header = MemoryMarshal.Read<NativeRoute.MessageHeader>(rest);
            if (header.Length < sizeof(NativeRoute.MessageHeader) || header.Length > rest.Length)
            {
                throw new LinkException(NativeRoute.EINVAL);
            }

            var body = rest[sizeof(NativeRoute.MessageHeader)..(int)header.Length];
            if (header.Sequence == sequence)
            {
                switch (header.Type)
                {
                    case NativeRoute.NLMSG_DONE:
                        return false;
                    case NativeRoute.NLMSG_ERROR:
                        int error = -MemoryMarshal.Read<int>(body);
                        return error == 0 ? false : throw new LinkException(error);
                    case NativeRoute.RTM_NEWLINK:
                        links?.Add(Read(body));
                        break;
                }
            }

            rest = rest[Math.Min(LinkMessage.Align((int)header.Length), rest.Length)..];
        }

        return true;
    }

    private static NetworkLink Read(ReadOnlySpan<byte> body)
    {
        var link = new NetworkLink(MemoryMarshal.Read<NativeRoute.LinkHeader>(body).Index, string.Empty, string.Empty, Group: 0);
        var rest = body[sizeof(NativeRoute.LinkHeader)..];
        while (rest.Length >= sizeof(uint))
        {
            int length = MemoryMarshal.Read<ushort>(rest);
            if (length < sizeof(uint) || length > rest.Length)
            {
                break;
            }

            var value = rest[sizeof(uint)..length];
            link = MemoryMarshal.Read<ushort>(rest[sizeof(ushort)..]) switch
            {
                NativeRoute.IFLA_IFNAME => link with { Name = TextOf(value) },
                NativeRoute.IFLA_IFALIAS => link with { Alias = TextOf(value) },
                NativeRoute.IFLA_GROUP when value.Length >= sizeof(uint) => link with { Group = MemoryMarshal.Read<uint>(value) },
                _ => link,
            };
            rest = rest[Math.Min(LinkMessage.Align(length), rest.Length)..];
        }

        return link;
    }

    private static string TextOf(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.TrimEnd((byte)0));
}
