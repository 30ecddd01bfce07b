using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Errors;
using MacSegmentation.Provision;
using MacSegmentation.Stores;

namespace MacSegmentation.Dhcpv6;

/// <summary>The server on the loopback, asked as by relays.</summary>
public sealed class ServerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder folder = new();
    private readonly IMacStore store;
    private readonly StoreHandleService service;
    private readonly List<Exception> troubles = [];

    public ServerTests()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        store = new StoreFactory().Open(MacStoreOptions.At(folder.File("lab.db")));
        RunningService.Fill(store);
        service = new StoreHandleService(store);
    }

    public ValueTask DisposeAsync()
    {
        service.Dispose();
        store.Dispose();
        folder.Dispose();
        Assert.Empty(troubles);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_client_gets_a_block_and_gives_it_up()
    {
        await using var server = Start(Settings());
        using var socket = Open(server, out var way);
        var client = new Dhcpv6Client(way, Duid.Parse("0003000102005e100001"), 7, TimeProvider.System, 1);
        var binding = await client.AcquireAsync(new Dhcpv6Wish { Count = 4 }, Patience, TestContext.Current.CancellationToken);
        Assert.Equal(MacRange.Parse("02:00:00:00:00:00-02:00:00:00:00:03"), binding.Range);
        var renewed = await client.RenewAsync(binding, Patience, TestContext.Current.CancellationToken);
        Assert.Equal(binding, renewed);
        Assert.Equal(binding, await client.ReleaseAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        var again = await client.AcquireAsync(new Dhcpv6Wish { Count = 4, RapidCommit = true }, Patience, TestContext.Current.CancellationToken);
        Assert.Equal(binding.Range, again.Range);
        Assert.Equal((6L, 6L), (server.Counters.Received, server.Counters.Answered));
    }

    [Fact]
    public async Task Many_clients_at_once_get_addresses_of_their_own()
    {
        await using var server = Start(Settings());
        var bindings = await Task.WhenAll(Enumerable.Range(0, 64).Select(async number =>
        {
            using var socket = Open(server, out var way);
            var client = new Dhcpv6Client(way, Duid.Parse("0003000102005e100001"), (uint)number, TimeProvider.System, number);
            return await client.AcquireAsync(new Dhcpv6Wish { Count = 3, RapidCommit = true }, Patience, TestContext.Current.CancellationToken);
        }));
        Assert.Equal(64 * 3, bindings.SelectMany(binding => Enumerable.Range(0, 3).Select(place => binding.Range.First.Value + (ulong)place)).Distinct().Count());
    }

    /// <summary>The link of ::1 floods with a rate of 20 a second; the one of 2001:db8::2 is answered at once.</summary>
    [Fact]
    public async Task A_link_that_floods_delays_no_other()
    {
        await using var server = Start(Settings() with { Rate = 20 });
        using var flood = Open(server, out var flooding);
        byte[] solicit = new Dhcpv6Message
        {
            Type = Dhcpv6MessageType.Solicit,
            TransactionId = 1,
            Options = [new Dhcpv6Option(Dhcpv6OptionCode.ClientId, Duid.Parse("0003000102005e1000ff").ToArray()), new LinkLayerAssociation { Iaid = 1, Options = [new LinkLayerBlock().ToOption()] }.ToOption()],
        }.ToArray();
        for (int i = 0; i < 2000; i++)
        {
            await flooding.SendAsync(solicit, TestContext.Current.CancellationToken);
        }

        using var socket = Dhcpv6ClientSocket.OpenAsRelay(Target(server), IPAddress.Parse("2001:db8::2"), out var way);
        var client = new Dhcpv6Client(way, Duid.Parse("0003000102005e100001"), 7, TimeProvider.System, 1);
        var binding = await client.AcquireAsync(new Dhcpv6Wish { RapidCommit = true }, Patience, TestContext.Current.CancellationToken);
        Assert.Equal("0a:00:00:00:00:00", $"{binding.Range.First}");
        Assert.Contains(server.Counters.Silent, counted => counted.Reason is Dhcpv6Silence.Busy && counted.Count > 0);
    }

    [Fact]
    public async Task What_is_foreign_or_malformed_is_counted_and_nothing_else()
    {
        await using var server = Start(Settings());
        using var sender = new UdpClient(AddressFamily.InterNetworkV6);
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            byte[] octets = new byte[random.Next(0, 200)];
            random.NextBytes(octets);
            await sender.SendAsync(octets, Target(server), TestContext.Current.CancellationToken);
        }

        using var socket = Open(server, out var way);
        var client = new Dhcpv6Client(way, Duid.Parse("0003000102005e100001"), 7, TimeProvider.System, 1);
        Assert.Equal(1, (await client.AcquireAsync(new Dhcpv6Wish(), Patience, TestContext.Current.CancellationToken)).Range.Count);
        Assert.Equal(server.Counters.Received, server.Counters.Answered + server.Counters.Silent.Sum(counted => counted.Count));
        Assert.Empty(sender.Available == 0 ? [] : new[] { "answered" });
    }

    [Fact]
    public async Task What_cannot_be_served_is_refused_before_anything_listens()
    {
        Assert.Equal("Dhcpv6ClientNotFound", Fails(Settings() with { Links = [Dhcpv6Link.Parse("::1=10,nobody")] }));
        Assert.Equal("Dhcpv6ClientForbidden", Fails(Settings() with { Links = [Dhcpv6Link.Parse("::1=20,ten")] }));
        Assert.Equal("AdapterNotFound", Fails(Settings() with { Links = [Dhcpv6Link.Parse("nowhere0=10,ten")] }));
        Assert.Equal("Dhcpv6AddressUnavailable", Fails(Settings() with { EndPoint = new IPEndPoint(IPAddress.Parse("2001:db8::99"), 0) }));
        await using var server = Start(Settings());
        Assert.Equal("Dhcpv6AddressInUse", Fails(Settings() with { EndPoint = server.EndPoint }));
    }

    private static Dhcpv6Settings Settings() => new()
    {
        EndPoint = new IPEndPoint(IPAddress.IPv6Loopback, 0),
        Links = Dhcpv6Link.ParseAll(["::1=10,ten", "2001:db8::2=30,everywhere"]),
        ServerId = Dhcpv6Settings.ServerIdOf("lab"),
        Rate = 10_000,
    };

    private static IPEndPoint Target(Dhcpv6Server server) => new(IPAddress.IPv6Loopback, server.EndPoint.Port);

    private static Dhcpv6ClientSocket Open(Dhcpv6Server server, out IDhcpv6Transport way) => Dhcpv6ClientSocket.OpenAsRelay(Target(server), null, out way);

    private Dhcpv6Server Start(Dhcpv6Settings settings) => Dhcpv6Server.Start(settings, service, troubles.Add);

    private string Fails(Dhcpv6Settings settings) => Assert.Throws<MacSegmentationException>(() => Start(settings)).ErrorId;
}
