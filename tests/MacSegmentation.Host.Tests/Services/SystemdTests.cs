using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Services;

/// <summary>What systemd hears of a service that it started: here a socket of the test's.</summary>
public sealed class SystemdTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    public async Task A_watch_says_that_it_is_ready_that_it_lives_and_that_it_stops(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux'.");
        string path = folder.File("s.db");
        using (var store = new StoreFactory().Open(MacStoreOptions.At(path)))
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02-00-00-00-00-00/44", provider: null)] }));
        }

        string name = kind.Length == 0 ? folder.File("notify") : $"macseg-test-{Guid.NewGuid():N}";
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(kind.Length == 0 ? name : $"\0{name}"));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [SystemdService.SocketVariable] = $"{kind}{name}", ["WATCHDOG_USEC"] = "400000" };
        using var process = TestProgram.Native.In(variables).Start(folder.File(""), "watch", "--store", path, "--when", "PoolUse > 80%");
        string ready = await ReceiveAsync(socket);
        Assert.StartsWith("READY=1\nSTATUS=Watching", ready, StringComparison.Ordinal);

        // The process is the one that was started, also if it executed itself once more with fewer rights.
        Assert.Contains($"MAINPID={process.Id}", ready, StringComparison.Ordinal);
        Assert.Equal(0UL, Permitted(await File.ReadAllTextAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken)));
        Assert.All(Directory.GetDirectories($"/proc/{process.Id}/task"), thread => Assert.Equal(0UL, Permitted(File.ReadAllText(Path.Join(thread, "status")))));
        Assert.Equal("WATCHDOG=1", await ReceiveAsync(socket));
        Assert.Equal("WATCHDOG=1", await ReceiveAsync(socket));
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string told;
        do
        {
            told = await ReceiveAsync(socket);
        }
        while (told is "WATCHDOG=1");

        Assert.Equal("STOPPING=1", told);
        Assert.Equal(0, TestProgram.Finish(process, Patience).ExitCode);
    }

    [Fact]
    public async Task An_enforcer_in_a_network_keeps_the_rights_over_frames_alone_and_tells_the_store_of_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux'.");
        folder.Write("lab.json", """{ "vlans": [ { "id": 1 } ] }"""u8.ToArray());
        TestProgram.Native.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded();
        using var segment = new Segment();
        segment.Middle.Connect("q1", segment.Middle, "q2");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.File("notify")));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [SystemdService.SocketVariable] = folder.File("notify"), ["WATCHDOG_USEC"] = "1000000" };
        using var process = TestProgram.Native.In(variables).After("ip", "netns", "exec", segment.Middle.Name).Start(folder.File(""), "enforce", "--store", "lab.db", "--adapter", "q1", "--adapter", "p2");
        Assert.StartsWith("READY=1\nSTATUS=Enforcing by revision 1", await ReceiveAsync(socket), StringComparison.Ordinal);
        Assert.All(Directory.GetDirectories($"/proc/{process.Id}/task"), thread => Assert.Equal(0x3000UL, Permitted(File.ReadAllText(Path.Join(thread, "status")))));
        Assert.Equal("WATCHDOG=1", await ReceiveAsync(socket));
        using (var store = new StoreFactory().Open(MacStoreOptions.At(folder.File("lab.db"))))
        {
            Deadline.Await("the store knows the enforcer", () => store.Read(reader => reader.ListRunningEnforcers()).Count == 1, Patience.TotalSeconds);
            var told = Assert.Single(store.Read(reader => reader.ListRunningEnforcers()));
            Assert.Equal((RunningEnforcerState.Running, RunningEnforcerKind.Wire, 2, 0, $"macseg/{process.Id}"), (told.State, told.Kind, told.PortCount, told.PortsDown, told.Process));
            Assert.Equal(["q1", "p2"], told.Ports);
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal(0, TestProgram.Finish(process, Patience).ExitCode);
            Assert.Empty(store.Read(reader => reader.ListRunningEnforcers()));
        }
    }

    [Fact]
    public void Without_a_sign_of_health_nothing_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux'.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.File("notify")));
        bool asked = false;
        using var hung = new ManualResetEventSlim();
        using (new SystemdService(folder.File("notify"), TimeSpan.FromMilliseconds(20), TimeProvider.System).Begin("Working", () =>
        {
            if (asked)
            {
                hung.Set();
            }

            asked = true;
            return false;
        }))
        {
            Assert.True(hung.Wait(Patience, TestContext.Current.CancellationToken));
        }

        byte[] buffer = new byte[256];
        Assert.StartsWith("READY=1", Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)), StringComparison.Ordinal);
        Assert.Equal("STOPPING=1", Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)));
    }

    [Fact]
    public void Whoever_has_let_the_service_go_misses_nothing() => new SystemdService(folder.File("nobody"), watchdog: null, TimeProvider.System).Begin("Working", () => true).Dispose();

    [Theory]
    [InlineData("Name:\tmacseg\nCapPrm:\t0000000000003000\nCapEff:\t0000000000000000\n", 0x3000)]
    [InlineData("CapPrm:\t000001ffffffffff", 0x1ffffffffff)]
    [InlineData("Name:\tmacseg\n", 0)]
    public void The_kernel_says_what_is_permitted(string status, ulong permitted)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Capabilities are Linux'.");
        Assert.Equal(permitted, Permitted(status));
    }

    private static ulong Permitted(string status) => OperatingSystem.IsLinux() ? LeastRights.ReadPermitted(status) : throw new PlatformNotSupportedException();

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var timely = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timely.CancelAfter(Patience);
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, SocketFlags.None, timely.Token));
    }
}
