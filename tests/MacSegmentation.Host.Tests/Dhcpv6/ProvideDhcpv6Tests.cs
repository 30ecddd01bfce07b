using System.Net.Sockets;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Processes;
using MacSegmentation.Provision;
using MacSegmentation.Stores;

namespace MacSegmentation.Dhcpv6;

/// <summary>macseg provide --dhcpv6 and macseg request, as users run them.</summary>
public sealed class ProvideDhcpv6Tests : IDisposable
{
    private static readonly string[] Plain = ["--uri", "http://127.0.0.1:0", "--allow-plain-http"];
    private static readonly string[] Served = [.. Plain, "--dhcpv6", "[::1]:0", "--dhcpv6-link", "::1=10,ten"];
    private readonly TemporaryFolder folder = new();
    private readonly string token;

    public ProvideDhcpv6Tests()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
        token = RunningService.Fill(store).All;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_process_asks_another()
    {
        await using var service = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, ["--store", "lab.db", .. Served]);
        using var listening = JsonDocument.Parse((await service.Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        string place = listening.RootElement.GetProperty("uri").GetString()!["dhcpv6://".Length..];
        string[] ask = ["request", "--dhcpv6", "--handle", "00:03:00:01:02:00:5e:10:00:01", "--server", place, "--json"];
        using var given = JsonDocument.Parse(TestProgram.Native.RunIn(folder.File(""), [.. ask, "--count", "3", "--quadrant", "sai", "--quadrant", "AAI"]).Succeeded());
        Assert.Equal(["02:00:00:00:00:00", "02:00:00:00:00:01", "02:00:00:00:00:02"], given.RootElement.EnumerateArray().Select(entry => entry.GetProperty("macAddress").GetString()));
        Assert.Equal("duid:0003000102005e100001/00000001/2", given.RootElement[2].GetProperty("handle").GetString());
        TestProgram.Native.RunIn(folder.File(""), [.. ask, "--iaid", "9", "--quadrant", "ELI", "--timeout", "2s"]).FailedInJson("Dhcpv6NoAddress");
        TestProgram.Native.RunIn(folder.File(""), [.. ask, "--release"]).Succeeded();
        await service.Process.StandardInput.WriteLineAsync("status".AsMemory(), TestContext.Current.CancellationToken);
        await service.Process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal("status", await service.ReadEventAsync());
        Assert.Equal("dhcpv6", await service.ReadEventAsync());
        service.Process.StandardInput.Close();
        Assert.Equal("dhcpv6", await service.ReadEventAsync());
        Assert.Equal("stopped", await service.ReadEventAsync());
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("InvalidDhcpv6Address", "--dhcpv6 547 --dhcpv6-link ::1=10,ten")]
    [InlineData("InvalidDhcpv6Address", "--dhcpv6 0.0.0.0:547 --dhcpv6-link ::1=10,ten")]
    [InlineData("InvalidDhcpv6Address", "--dhcpv6 :: --dhcpv6-link ::1=10,ten")]
    [InlineData("InvalidDhcpv6Address", "--dhcpv6 [ff02::1]:547 --dhcpv6-link ::1=10,ten")]
    [InlineData("InvalidDhcpv6Link", "--dhcpv6 [::1]:0 --dhcpv6-link ten")]
    [InlineData("InvalidVlanId", "--dhcpv6 [::1]:0 --dhcpv6-link ::1=0,ten")]
    [InlineData("InvalidDhcpv6Lifetime", "--dhcpv6 [::1]:0 --dhcpv6-link ::1=10,ten --dhcpv6-lifetime 1s")]
    [InlineData("Dhcpv6ClientNotFound", "--dhcpv6 [::1]:0 --dhcpv6-link ::1=10,nobody")]
    [InlineData("Dhcpv6ClientForbidden", "--dhcpv6 [::1]:0 --dhcpv6-link ::1=20,ten")]
    [InlineData("AdapterNotFound", "--dhcpv6 [::1]:0 --dhcpv6-link nowhere0=10,ten")]
    public void What_cannot_be_served_is_refused(string errorId, string arguments)
    {
        var result = TestProgram.Native.RunIn(folder.File(""), ["provide", "--store", "lab.db", .. Plain, .. arguments.Split(' ')]);
        result.Failed(errorId);
    }

    [Theory]
    [InlineData("provide --store lab.db --uri http://127.0.0.1:0 --allow-plain-http --dhcpv6 [::1]:0", "--dhcpv6-link")]
    [InlineData("provide --store lab.db --uri http://127.0.0.1:0 --allow-plain-http --dhcpv6-link ::1=10,ten", "--dhcpv6")]
    [InlineData("provide --store lab.db --uri http://127.0.0.1:0 --allow-plain-http --dhcpv6 [::1]:0 --dhcpv6-link ::1=10,ten --dhcpv6-preference 256", "255")]
    [InlineData("provide --store lab.db --uri http://127.0.0.1:0 --allow-plain-http --dhcpv6 [::1]:0 --dhcpv6-link ::1=10,ten --dhcpv6-rate-limit 0", "--dhcpv6-rate-limit")]
    [InlineData("provide --store lab.db --uri http://127.0.0.1:0 --allow-plain-http --dhcpv6 [::1]:0 --dhcpv6-link ::1=10,ten --dhcpv6-lifetime never", "--dhcpv6-lifetime")]
    [InlineData("request --dhcpv6 --handle 00:03:00:01:02:00:5e:10:00:01", "--adapter")]
    [InlineData("request --dhcpv6 --handle 00:03:00:01:02:00:5e:10:00:01 --adapter eth0 --server ::1", "give one")]
    [InlineData("request --dhcpv6 --handle 00:03:00:01:02:00:5e:10:00:01 --adapter eth0 --link-address ::1", "--link-address")]
    [InlineData("request --dhcpv6 --handle 00:03:00:01:02:00:5e:10:00:01 --server ::1 --count 257", "256")]
    [InlineData("request --dhcpv6 --handle 00:03:00:01:02:00:5e:10:00:01 --server ::1 --quadrant XYZ", "--quadrant")]
    [InlineData("request --dhcpv6 --handle 00:03:00:01:02:00:5e:10:00:01 --server ::1 --release --count 2", "--release")]
    [InlineData("request --handle 00:03:00:01:02:00:5e:10:00:01 --server ::1", "--dhcpv6")]
    public void Wrong_usage_is_told(string arguments, string named)
    {
        var result = TestProgram.Native.RunIn(folder.File(""), arguments.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidDuid", "--handle 17 --server ::1")]
    [InlineData("InvalidDhcpv6Server", "--handle 00:03:00:01:02:00:5e:10:00:01 --server 10.0.0.1")]
    [InlineData("InvalidDhcpv6Server", "--handle 00:03:00:01:02:00:5e:10:00:01 --server fe80::1")]
    [InlineData("InvalidDhcpv6Server", "--handle 00:03:00:01:02:00:5e:10:00:01 --server [::1]:0")]
    [InlineData("AdapterNotFound", "--handle 00:03:00:01:02:00:5e:10:00:01 --server fe80::1%nowhere0")]
    [InlineData("AdapterNotFound", "--handle 00:03:00:01:02:00:5e:10:00:01 --adapter nowhere0")]
    [InlineData("Dhcpv6NoAnswer", "--handle 00:03:00:01:02:00:5e:10:00:01 --server [::1]:9 --timeout 100ms")]
    public void What_cannot_be_asked_is_refused(string errorId, string arguments) =>
        TestProgram.Native.RunIn(folder.File(""), ["request", "--dhcpv6", .. arguments.Split(' ')]).Failed(errorId);
}
