using System.Diagnostics;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Lab;
using MacSegmentation.Lab.Network;
using MacSegmentation.Provision;
using MacSegmentation.Stores;

namespace MacSegmentation.Dhcpv6;

/// <summary>A client and a server on hosts of their own, over a bridge of the kernel, with the ports of the RFC; what both write is read by Wireshark's tshark, which somebody else wrote.</summary>
public sealed class LinkTests : IAsyncDisposable
{
    private const string Adapter = "e0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();
    private readonly List<NetworkNamespace> hosts = [];
    private readonly List<Exception> troubles = [];
    private readonly NetworkNamespace bridge;
    private readonly NetworkNamespace client;
    private readonly NetworkNamespace serving;
    private readonly IMacStore store;
    private readonly StoreHandleService service;
    private Process? capturing;

    public LinkTests()
    {
        Assert.SkipUnless(Segment.Missing is null, $"The lab needs network namespaces: {Segment.Missing}");
        Assert.SkipUnless(Path.Exists("/usr/bin/tshark"), "The lab needs tshark.");
        (bridge, client, serving) = (Add("bridge"), Add("client"), Add("server"));
        bridge.Ip("link", "add", "br0", "type", "bridge", "mcast_snooping", "0", "stp_state", "0");
        bridge.Ip("link", "set", "br0", "up");
        foreach (var (host, address) in new[] { (client, "2001:db8::1/64"), (serving, "2001:db8::2/64") })
        {
            string port = host == client ? "v-client" : "v-server";
            bridge.Connect(port, host, Adapter);
            bridge.Ip("link", "set", port, "master", "br0");
            host.Execute("sh", "-c", $"echo 0 > /proc/sys/net/ipv6/conf/{Adapter}/accept_dad; echo 0 > /proc/sys/net/ipv6/conf/{Adapter}/disable_ipv6");
            host.Ip("link", "set", Adapter, "down");
            host.Ip("link", "set", Adapter, "up");
            host.Ip("address", "add", address, "dev", Adapter, "nodad");
            Deadline.Await("a link-local address", () => host.Ip("-6", "address", "show", "dev", Adapter, "scope", "link", "-tentative").Contains("fe80", StringComparison.Ordinal));
        }

        store = new StoreFactory().Open(MacStoreOptions.At(folder.File("lab.db")));
        RunningService.Fill(store);
        service = new StoreHandleService(store);
    }

    public ValueTask DisposeAsync()
    {
        if (capturing is not null)
        {
            capturing.Kill(entireProcessTree: true);
            capturing.Dispose();
        }

        hosts.ForEach(host => host.Dispose());
        service?.Dispose();
        store?.Dispose();
        folder.Dispose();
        Assert.Empty(troubles);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_client_on_the_link_gets_a_block_by_multicast()
    {
        await using var server = Start($"{Adapter}=10,ten");
        var capture = Capture();
        using (var socket = client.Run(() => Dhcpv6ClientSocket.OpenOnLink(Adapter, out _)))
        {
            var asking = new Dhcpv6Client(socket, Duid.Parse("0003000102005e100001"), 7, TimeProvider.System, 1);
            var binding = await asking.AcquireAsync(new Dhcpv6Wish { Count = 4, Quadrants = [SlapQuadrant.AAI] }, Patience, TestContext.Current.CancellationToken);
            Assert.Equal(MacRange.Parse("02:00:00:00:00:00-02:00:00:00:00:03"), binding.Range);
            await asking.ReleaseAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Empty(store.Read(reader => reader.ListAllocations()));
        }

        // Solicit, Advertise, Request, Reply, Rebind, Reply, Release, Reply.
        Assert.Equal(["1", "2", "3", "7", "6", "7", "8", "7"], Read(capture, 8, "dhcpv6.msgtype"));
        Assert.Equal(["546,547", "547,546", "546,547", "547,546", "546,547", "547,546", "546,547", "547,546"], Read(capture, 8, "udp.srcport", "udp.dstport"));
        Assert.All(Read(capture, 8, "ipv6.dst").Where((_, place) => place % 2 == 0), to => Assert.Equal("ff02::1:2", to));
        Assert.Equal(["1,138,8", "1,2,138", "1,2,138,8", "1,2,138", "1,138,8", "1,2,138", "1,2,138,8", "1,2,13"], Read(capture, 8, "dhcpv6.option.type"));
        RequireSound(capture);
    }

    [Fact]
    public async Task A_client_elsewhere_gets_an_address_as_a_relay()
    {
        await using var server = Start("2001:db8::1=10,ten");
        var capture = Capture();
        IDhcpv6Transport? way = null;
        using (client.Run(() => Dhcpv6ClientSocket.OpenAsRelay(new IPEndPoint(IPAddress.Parse("2001:db8::2"), Dhcpv6Socket.ServerPort), null, out way)))
        {
            var asking = new Dhcpv6Client(way!, Duid.Parse("0003000102005e100001"), 7, TimeProvider.System, 1);
            var binding = await asking.AcquireAsync(new Dhcpv6Wish { RapidCommit = true }, Patience, TestContext.Current.CancellationToken);
            Assert.Equal(MacRange.Parse("02:00:00:00:00:00"), binding.Range);
        }

        Assert.Equal(["12,1", "13,7"], Read(capture, 2, "dhcpv6.msgtype"));
        Assert.Equal(["2001:db8::1", "2001:db8::1"], Read(capture, 2, "dhcpv6.linkaddr"));
        RequireSound(capture);
    }

    [Fact]
    public async Task A_client_that_sends_to_the_servers_own_address_and_one_of_an_unknown_link_get_nothing()
    {
        await using var server = Start("2001:db8::7=10,ten");
        using (var socket = client.Run(() => Dhcpv6ClientSocket.OpenOnLink(Adapter, out _)))
        {
            var asking = new Dhcpv6Client(socket, Duid.Parse("0003000102005e100001"), 7, TimeProvider.System, 1);
            await Assert.ThrowsAsync<Errors.MacSegmentationException>(() => asking.AcquireAsync(new Dhcpv6Wish(), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, server.Counters.Answered);
    }

    private NetworkNamespace Add(string role)
    {
        var host = new NetworkNamespace(role);
        hosts.Add(host);
        return host;
    }

    private Dhcpv6Server Start(string link) => serving.Run(() => Dhcpv6Server.Start(
        new Dhcpv6Settings { EndPoint = new IPEndPoint(IPAddress.IPv6Any, Dhcpv6Socket.ServerPort), Links = [Dhcpv6Link.Parse(link)], ServerId = Dhcpv6Settings.ServerIdOf("lab") }, service, troubles.Add));

    private Process Capture()
    {
        var process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", bridge.Name, "tshark", "-Q", "-i", "br0", "-f", "udp port 547", "-w", folder.File("seen.pcapng")]) { RedirectStandardError = true, UseShellExecute = false })!;
        capturing = process;
        Deadline.Await("tshark listens", () => File.Exists(folder.File("seen.pcapng")) && new FileInfo(folder.File("seen.pcapng")).Length > 0, 30);
        return process;
    }

    /// <summary>Fields of each datagram, once as many have been captured as are expected.</summary>
    private List<string> Read(Process capture, int count, params string[] fields)
    {
        var read = new List<string>();
        Deadline.Await(
            $"{count} datagrams",
            () =>
            {
                var (_, output) = Command.Try("tshark", ["-r", folder.File("seen.pcapng"), "-T", "fields", "-E", "separator=,", .. fields.SelectMany(field => new[] { "-e", field })]);
                read = [.. output.Split('\n').Where(line => line.Length > 0 && char.IsAsciiHexDigit(line[0]))];
                return read.Count >= count || capture.HasExited;
            },
            30);
        Assert.Equal(count, read.Count);
        return read;
    }

    /// <summary>tshark finds nothing to complain of: neither in the framing nor in what it knows of options.</summary>
    private void RequireSound(Process capture)
    {
        capture.Kill(entireProcessTree: true);
        string complaints = Command.Run("tshark", "-r", folder.File("seen.pcapng"), "-Y", "_ws.malformed || _ws.expert.severity >= 0x600000", "-T", "fields", "-e", "frame.number");
        Assert.DoesNotContain(complaints.Split('\n'), line => line.Length > 0 && line.All(char.IsAsciiDigit));
    }
}
