using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Lab;

/// <summary>A server whose group admits port 80 from the members of another group.</summary>
public sealed class SecurityGroupTests
{
    private const int Open = 80;
    private const int Closed = 81;
    private const int Bulk = 1 << 20;

    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Seconds for what is to succeed, and for what is to fail, the request's first repetition included.</summary>
    private const double Timeout = 10;
    private const double Impatience = 1.5;

    [Fact]
    public void A_member_gets_through_to_the_open_port_and_back_and_nobody_else_does()
    {
        using var network = new SwitchedNetwork();
        var (web, client, stranger) = MakeHosts(network);
        network.Start();
        using var open = new EchoServer(web, Open);
        using var closed = new EchoServer(web, Closed);
        using var listener = web.Listen();

        using var connection = TcpConnection.TryOpen(client, web.Address, Open, Timeout);
        Assert.True(connection?.Echoes(Bulk, Timeout));
        Assert.Equal(0, network.Denied(client, SecurityGroupStage.NotAdmitted));
        Assert.Null(TcpConnection.TryOpen(client, web.Address, Closed, Impatience));
        Assert.Null(TcpConnection.TryOpen(stranger, web.Address, Open, Impatience));

        // Of either, the first request and its repetition.
        Assert.Equal((2, 2), (network.Denied(client, SecurityGroupStage.NotAdmitted), network.Denied(stranger, SecurityGroupStage.NotAdmitted)));
        Assert.DoesNotContain(listener.Heard, heard => IsRequest(heard.Bytes, client, Closed) || IsRequest(heard.Bytes, stranger, Open));
        Assert.True(connection?.Echoes(1, Timeout));
        var told = network.AwaitEvent("the refusal is told", told => string.Equals(told.Reason, SecurityGroupStage.NotAdmitted.Name, StringComparison.Ordinal));
        Assert.Equal((client.Port, client.Mac, web.Mac), (told.Port, told.SourceAddress, told.DestinationAddress));
    }

    [Fact]
    public void A_new_member_of_the_remote_group_gets_through_within_100_ms()
    {
        using var network = new SwitchedNetwork();
        var (web, _, stranger) = MakeHosts(network);
        network.Start();
        using var listener = web.Listen();
        using var talker = stranger.Talk();

        // The best of a few: a machine that is busy with something else may keep anyone waiting once, but not each time.
        var late = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 5 && late >= ChangeTimeout; attempt++)
        {
            late = LatenessOfJoining(network, web, stranger, listener, talker, firstPort: 1024 + (attempt * 10_000));
        }

        Assert.True(late < ChangeTimeout, $"The first request came through {late.TotalMilliseconds} ms after the change.");
    }

    [Fact]
    public void Who_leaves_the_remote_group_is_shut_out_of_open_connections_too()
    {
        using var network = new SwitchedNetwork();
        var (web, client, _) = MakeHosts(network);
        network.Start();
        using var server = new EchoServer(web, Open);
        using var connection = TcpConnection.TryOpen(client, web.Address, Open, Timeout);
        Assert.True(connection?.Echoes(1000, Timeout));

        network.Change(writer => SecurityGroupCatalog.RemoveMember(writer, "clients", client.Name));
        network.AwaitNewestTable();

        Assert.False(connection?.Echoes(1000, Impatience));
        Assert.Null(TcpConnection.TryOpen(client, web.Address, Open, Impatience));

        network.Change(writer => SecurityGroupCatalog.AddMember(writer, "clients", client.Name));
        network.AwaitNewestTable();
        using var again = TcpConnection.TryOpen(client, web.Address, Open, Timeout);
        Assert.True(again?.Echoes(1000, Timeout));
    }

    [Fact]
    public void An_address_pair_of_a_member_is_the_groups_address_while_it_is_there()
    {
        const string address = "10.0.0.100";
        using var network = new SwitchedNetwork();
        var (web, client, _) = MakeHosts(network);
        network.Change(writer => InterfaceCatalog.AddPair(writer, client.Name, address, macAddress: null));
        network.Start();
        client.Namespace.Ip("address", "add", address + "/32", "dev", Host.Interface);
        using var server = new EchoServer(web, Open);

        using var connection = TcpConnection.TryOpen(client, web.Address, Open, Timeout, address);
        Assert.True(connection?.Echoes(1000, Timeout));

        // Of another member's group, but not of this port: its security refuses it, and the group does not stand for it any more.
        network.Change(writer => InterfaceCatalog.Change(writer, client.Name, new InterfaceChange { PortSecurity = false }));
        network.Change(writer => InterfaceCatalog.RemovePair(writer, client.Name, address, macAddress: null));
        network.AwaitNewestTable();
        Assert.Null(TcpConnection.TryOpen(client, web.Address, Open, Impatience, address));
        Assert.True(network.Denied(client, SecurityGroupStage.NotAdmitted) > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bulk_passes_the_open_port_both_ways(bool toClient)
    {
        SystemProgram.Require("iperf3", "iperf3");
        const int sent = 4 << 20;
        using var network = new SwitchedNetwork();
        var (web, client, _) = MakeHosts(network);
        network.Start();
        using var server = web.Start("iperf3", "--server", "--one-off", "--forceflush", "--port", $"{Open}");
        server.AwaitOutput($"Server listening on {Open}");

        string[] direction = toClient ? ["--reverse"] : [];
        using var transfer = client.Start("iperf3", ["--client", web.Address, "--port", $"{Open}", "--bytes", $"{sent}", "--json", .. direction]);

        using var answer = JsonDocument.Parse(transfer.AwaitEnd());
        server.AwaitEnd();

        // The receiver stops counting when the sender has handed over all.
        long received = answer.RootElement.GetProperty("end").GetProperty("sum_received").GetProperty("bytes").GetInt64();
        Assert.InRange(received, 1, network.Statistics(toClient ? web : client).Counts.BytesForwarded);
    }

    private static (Host Web, Host Client, Host Stranger) MakeHosts(SwitchedNetwork network)
    {
        var web = network.AddHost("web", "10.0.0.11/24");
        var client = network.AddHost("client", "10.0.0.12/24");
        var stranger = network.AddHost("stranger", "10.0.0.13/24");
        network.Change(writer => SecurityGroupCatalog.Create(writer, "web"));
        network.Change(writer => SecurityGroupCatalog.Create(writer, "clients"));
        network.Change(writer => SecurityGroupCatalog.AddRule(writer, new RuleRequest
        {
            GroupName = "web",
            Direction = TrafficDirection.Inbound,
            Protocol = IpProtocol.Tcp,
            Port = [new PortRange(Open, Open)],
            RemoteGroup = "clients",
        }));
        network.Change(writer => SecurityGroupCatalog.AddMember(writer, "web", web.Name));
        network.Change(writer => SecurityGroupCatalog.AddMember(writer, "clients", client.Name));
        return (web, client, stranger);
    }

    /// <summary>Lets a host join the remote group in the midst of its requests, and leave it again.</summary>
    /// <returns>How long after the change was durable the first request came through.</returns>
    private static TimeSpan LatenessOfJoining(SwitchedNetwork network, Host web, Host joiner, Listener listener, Talker talker, int firstPort)
    {
        var frames = new FrameBuilder(joiner.Mac, web.Mac);
        var (from, to) = (IPAddress.Parse(joiner.Address), IPAddress.Parse(web.Address));
        int port = firstPort;
        void Request() => talker.Send(frames.Tcp(from, to, port++, Open));
        var requests = listener.Heard.Where(heard => IsRequest(heard.Bytes, joiner, Open));
        int heardBefore = requests.Count();
        RefuseAll(100);

        network.Change(writer => SecurityGroupCatalog.AddMember(writer, "clients", joiner.Name));
        long joined = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        Deadline.Await("requests come through", () =>
        {
            Request();
            return requests.Count() > heardBefore;
        });
        long first = requests.Skip(heardBefore).Min(heard => heard.Timestamp);

        network.Change(writer => SecurityGroupCatalog.RemoveMember(writer, "clients", joiner.Name));
        network.AwaitNewestTable();
        Deadline.Await("what was sent is judged", () => network.Statistics(joiner).Counts.FramesIn == joiner.Namespace.Count(Host.Interface, "tx", "packets"));
        heardBefore = requests.Count();
        RefuseAll(100);
        return TimeSpan.FromTicks((first - joined) / 100);

        void RefuseAll(int count)
        {
            long refusedBefore = network.Denied(joiner, SecurityGroupStage.NotAdmitted);
            for (int i = 0; i < count; i++)
            {
                Request();
            }

            Deadline.Await("all requests are refused", () => network.Denied(joiner, SecurityGroupStage.NotAdmitted) - refusedBefore == count);
            Assert.Equal(heardBefore, requests.Count());
        }
    }

    /// <summary>True for a TCP segment that asks for a connection.</summary>
    private static bool IsRequest(byte[] frame, Host from, int port)
    {
        PacketHeader.Read(frame, out var packet);
        return packet is { Network: NetworkProtocol.IPv4, TcpFlags: 2 }
            && packet.DestinationPort == port
            && BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(4)) << 16 >> 16 == from.Mac.Value;
    }
}
