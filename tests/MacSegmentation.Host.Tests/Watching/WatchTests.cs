using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Captures;
using MacSegmentation.Pools;
using MacSegmentation.Processes;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>macseg watch as users run it, with receivers that fail, hang and come back.</summary>
public sealed class WatchTests : IDisposable
{
    private const string Secret = "0123456789abcdef-secret";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly string path;
    private readonly IMacStore store;

    public WatchTests()
    {
        path = folder.File("s.db");
        folder.Write("secret", Encoding.ASCII.GetBytes($"{Secret}\n"));
        store = new StoreFactory().Open(MacStoreOptions.At(path));
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "cams", Ranges = [MacRange.Parse("02-00-00-00-00-00/44", provider: null)] }));
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_webhook_gets_each_event_signed_and_the_spool_is_empty_then()
    {
        using var receiver = new Receiver();
        using var watch = Start(receiver, "--when", "PoolUse >= 50%");
        var clock = Stopwatch.StartNew();
        Use(8);
        var received = await receiver.NextAsync();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
        Assert.Equal(("ConditionMet", "alerts", "PoolUse >= 50%", "VLAN 10 (cams)"), (received["kind"], received["watch"], received["condition"], received["subject"]));
        Assert.Equal(received.Id, received["id"]);
        Assert.Equal(WebhookSink.Sign(Encoding.ASCII.GetBytes(Secret), received.Headers["X-MacSegmentation-Timestamp"], received.Body), received.Headers["X-MacSegmentation-Signature"]);
        Assert.NotEqual(WebhookSink.Sign("another"u8.ToArray(), received.Headers["X-MacSegmentation-Timestamp"], received.Body), received.Headers["X-MacSegmentation-Signature"]);
        Assert.Contains("1 events were delivered", Stop(watch), StringComparison.Ordinal);
        Assert.Equal((0L, 1L, string.Empty), store.Read(reader => (reader.CountSpooledEvents("alerts"), reader.FindWatch("alerts")!.Delivered, reader.FindWatch("alerts")!.Holder)));
    }

    [Fact]
    public async Task A_receiver_that_fails_hangs_and_comes_back_gets_what_waited_by_the_same_id()
    {
        using var receiver = new Receiver { Status = 500 };
        using var watch = Start(receiver, "--when", "PoolUse >= 50%");
        Use(8);
        var failed = await receiver.NextAsync();
        receiver.Status = 0;
        ReceivedEvent hung;
        do
        {
            hung = await receiver.NextAsync();
        }
        while (hung.Answer != 0);

        receiver.Status = 200;
        var clock = Stopwatch.StartNew();
        ReceivedEvent taken;
        do
        {
            taken = await receiver.NextAsync();
        }
        while (taken.Answer != 200);

        Assert.Equal((failed.Id, failed.Id), (hung.Id, taken.Id));

        // The sender gives up on what hangs after 4 s, and tries again 4 s later at the latest.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
        string said = Stop(watch);
        Assert.Contains("Events are not delivered, and wait.", said, StringComparison.Ordinal);
        Assert.Contains("again", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_survives_a_kill_and_the_next_process_knows_what_was_told()
    {
        using var receiver = new Receiver { Status = 503 };
        string id;
        using (var killed = Start(receiver, "--when", "PoolUse >= 50%"))
        {
            Use(8);
            id = (await receiver.NextAsync()).Id;
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        receiver.Status = 200;
        using var next = Start(receiver, "--when", "PoolUse >= 50%");
        ReceivedEvent taken;
        do
        {
            taken = await receiver.NextAsync();
        }
        while (taken.Answer != 200);

        Assert.Equal(id, taken.Id);
        Stop(next);
        Assert.Equal((1L, 0L), store.Read(reader => (reader.FindWatch("alerts")!.LastEvent, reader.CountSpooledEvents("alerts"))));
    }

    [Fact]
    public async Task A_kill_between_sending_and_noting_it_sends_again_and_loses_nothing()
    {
        using var receiver = new Receiver();
        Fill(200);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using (var killed = Start(receiver, "--when", "Changes > 1000 within 1s"))
        {
            // In the midst of a batch: these were sent, and it is not noted yet.
            for (int i = 0; i < 10; i++)
            {
                ids.Add((await receiver.NextAsync()).Id);
            }

            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var next = Start(receiver, "--when", "Changes > 1000 within 1s");
        while (ids.Count < 200)
        {
            ids.Add((await receiver.NextAsync()).Id);
        }

        Stop(next);
        Assert.Equal(0, store.Read(reader => reader.CountSpooledEvents("alerts")));
    }

    [Fact]
    public async Task A_flood_of_twenty_thousand_is_kept_to_the_spool_and_the_rest_is_counted_and_told()
    {
        Fill(20_000);
        var watched = store.Read(reader => reader.FindWatch("alerts"))!;
        Assert.Equal((10_000L, 10_000L), (watched.LastEvent, watched.Lost));
        using var receiver = new Receiver();
        using var watch = Start(receiver, "--when", "StoreUnreachable");
        var numbers = new List<string>();
        ReceivedEvent received;
        do
        {
            received = await receiver.NextAsync();
            numbers.Add(received["message"]!);
        }
        while (!string.Equals(received["kind"], MacStoreEvent.EventsLost, StringComparison.Ordinal));

        Stop(watch);
        Assert.Equal(10_001, numbers.Count);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => $"No. {number}"), numbers.Take(10_000));
        Assert.Contains("10000 events found no room", numbers[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_processes_one_delivers_and_the_other_takes_over_when_it_ends()
    {
        using var receiver = new Receiver();
        using var first = Start(receiver, "--when", "PoolUse >= 50%");
        await WaitForHolderAsync(first);
        using var second = Start(receiver, "--when", "PoolUse >= 50%");
        string? line;
        do
        {
            line = await second.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.Contains("standing by", StringComparison.Ordinal) == false);

        Assert.NotNull(line);
        Use(8);
        string id = (await receiver.NextAsync()).Id;
        Stop(first);
        do
        {
            line = await second.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.Contains("Took the watch", StringComparison.Ordinal) == false);

        Assert.NotNull(line);
        store.Write(writer => AddressPool.Release(writer, MacAddress.Parse("02-00-00-00-00-00", provider: null)));
        await WaitAsync(() => WatchMemory.Read(store.Read(reader => reader.FindWatch("alerts")!.Known))!.Met.Count == 0);
        Use(1, "again");
        Assert.NotEqual(id, (await receiver.NextAsync()).Id);
        Stop(second);
    }

    [Fact]
    public async Task Syslog_gets_a_datagram_or_counted_octets()
    {
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using (var watch = Start("--when", "PoolUse >= 50%", "--syslog", $"udp://127.0.0.1:{((IPEndPoint)udp.Client.LocalEndPoint!).Port}"))
        {
            Use(8);
            string message = Encoding.UTF8.GetString((await udp.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer);
            Assert.Matches("^<132>1 \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z \\S+ macseg \\d+ ConditionMet \\[macseg@32473 id=\"[0-9a-f]{32}\" watch=\"alerts\" condition=\"PoolUse >= 50%\" subject=\"VLAN 10 \\(cams\\)\" storeId=\"[^\"]+\"\\] \uFEFFVLAN 10", message);
            Stop(watch);
        }

        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        using (var watch = Start("--when", "PoolUse >= 40%", "--name", "two", "--syslog", $"tcp://127.0.0.1:{((IPEndPoint)tcp.LocalEndpoint).Port}"))
        {
            using var connection = await tcp.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var stream = connection.GetStream();
            var digits = new StringBuilder();
            byte[] one = new byte[1];
            while (await stream.ReadAsync(one, TestContext.Current.CancellationToken) == 1 && one[0] != ' ')
            {
                digits.Append((char)one[0]);
            }

            byte[] counted = new byte[int.Parse(digits.ToString(), System.Globalization.CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(counted, TestContext.Current.CancellationToken);
            Assert.StartsWith("<132>1 ", Encoding.UTF8.GetString(counted), StringComparison.Ordinal);
            Stop(watch);
        }
    }

    [Fact]
    public void A_message_cannot_break_out_of_its_structured_data()
    {
        string message = Encoding.UTF8.GetString(SyslogMessage.Write(
            new MacStoreEvent { Id = "1", Time = default, Message = "x", Watch = "a\"b]c\\d", Condition = "c", Subject = "s" }, "host with spaces", 7));
        Assert.Contains(" hostwithspaces macseg 7 ", message, StringComparison.Ordinal);
        Assert.Contains("watch=\"a\\\"b\\]c\\\\d\"", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidCondition", "--when", "PoolUse")]
    [InlineData("InvalidWebhook", "--when", "PoolUse > 1%", "--webhook", "ftp://x/", "--secret-file", "secret")]
    [InlineData("InvalidWebhook", "--when", "PoolUse > 1%", "--webhook", "http://a:b@x/", "--secret-file", "secret")]
    [InlineData("InvalidWebhookSecret", "--when", "PoolUse > 1%", "--webhook", "http://x/", "--secret-file", "none")]
    [InlineData("InvalidSyslogTarget", "--when", "PoolUse > 1%", "--syslog", "udp://")]
    [InlineData("InvalidWatchName", "--when", "PoolUse > 1%", "--name", "")]
    public void Bad_input_is_refused(string errorId, params string[] arguments) => TestProgram.Native.RunIn(folder.File(""), ["watch", "--store", path, .. arguments]).Failed(errorId);

    [Fact]
    public void The_enforcers_of_all_hosts_are_listed()
    {
        store.Observe(observer =>
        {
            observer.UpsertRunningEnforcer(new RunningEnforcers.MacRunningEnforcer { EnforcerId = "e1", HostName = "host-7", Process = "macseg/7", StartedAt = observer.Now, SeenAt = observer.Now, FramesDenied = 3 });
            return 0;
        });
        using var listed = JsonDocument.Parse(TestProgram.Native.Run("enforcers", "--store", path, "--json").Succeeded());
        var enforcer = Assert.Single(listed.RootElement.EnumerateArray());
        Assert.Equal(("host-7", "Running", 3), (enforcer.GetProperty("hostName").GetString(), enforcer.GetProperty("state").GetString(), enforcer.GetProperty("framesDenied").GetInt32()));
    }

    private void Use(int count, string instance = "vm") => store.Write(writer =>
    {
        for (int i = 0; i < count; i++)
        {
            AddressPool.Allocate(writer, 10, $"{instance}-{i}");
        }

        return 0;
    });

    private void Fill(int count) => store.Observe(observer =>
    {
        var watch = EventSpool.Hold(observer, "alerts", "test", AuditActor.Current);
        EventSpool.Put(observer, watch, [.. Enumerable.Range(0, count).Select(number => new MacStoreEvent { Id = $"{number:x32}", Time = observer.Now, Message = $"No. {number}" })], known: null);
        EventSpool.Release(observer, "alerts", "test");
        return 0;
    });

    private async Task WaitForHolderAsync(Process watch)
    {
        await WaitAsync(() => store.Read(reader => reader.FindWatch("alerts")?.Process.EndsWith($"/{watch.Id}", StringComparison.Ordinal)) == true);
    }

    private static async Task WaitAsync(Func<bool> isSo)
    {
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timely.CancelAfter(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!isSo())
        {
            await ticks.WaitForNextTickAsync(timely.Token);
        }
    }

    private Process Start(Receiver receiver, params string[] arguments) => Start([.. arguments, "--webhook", receiver.Url, "--secret-file", folder.File("secret")]);

    private Process Start(params string[] arguments) =>
        TestProgram.Native.Start(folder.File(""), ["watch", "--store", path, .. arguments.Contains("--name", StringComparer.Ordinal) ? (string[])[] : ["--name", "alerts"], .. arguments]);

    private static string Stop(Process watch)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{watch.Id}"]))
        {
            kill.WaitForExit();
        }

        var ended = TestProgram.Finish(watch, Patience);
        Assert.True(ended.ExitCode == 0, ended.Error);
        return ended.Error;
    }
}
