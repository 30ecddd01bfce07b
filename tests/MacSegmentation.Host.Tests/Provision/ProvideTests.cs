using System.Net;
using System.Net.Sockets;
using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>The service as users run it: a process.</summary>
public sealed class ProvideTests : IDisposable
{
    private static readonly string[] Plain = ["--uri", "http://127.0.0.1:0", "--allow-plain-http"];

    private readonly TemporaryFolder folder = new();
    private readonly string token;

    public ProvideTests()
    {
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
        token = RunningService.Fill(store).All;
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("input")]
    [InlineData("SIGTERM")]
    [InlineData("SIGINT")]
    public async Task It_answers_until_it_is_told_to_stop(string way)
    {
        Assert.SkipWhen(way is not "input" && OperatingSystem.IsWindows(), "Windows has no signals to send.");
        await using var service = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, ["--store", "lab.db", .. Plain]);
        using var answer = await service.Client.PostAsync("/v1/addresses", RunningService.Json("""{"handle":"a","vlanId":10}"""), TestContext.Current.CancellationToken);
        await RunningService.ReadAsync(answer, HttpStatusCode.Created);
        await service.Process.StandardInput.WriteLineAsync("status".AsMemory(), TestContext.Current.CancellationToken);
        await service.Process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal("status", await service.ReadEventAsync());
        if (way is "input")
        {
            service.Process.StandardInput.Close();
        }
        else
        {
            Command.Run("kill", $"-{way[3..]}", $"{service.Process.Id}");
        }

        Assert.Equal("stopped", await service.ReadEventAsync());
        var (exitCode, error) = await service.EndAsync();
        Assert.Equal(0, exitCode);
        Assert.Equal($"{{\"event\":\"note\",\"message\":\"Answering at {service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}. Ctrl+C stops.\"}}\n", error);
    }

    [Fact]
    public async Task A_killed_service_has_kept_what_it_answered()
    {
        string address;
        await using (var service = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, ["--store", "lab.db", .. Plain]))
        {
            using var answer = await service.Client.PostAsync("/v1/addresses", RunningService.Json("""{"handle":"a","vlanId":10}"""), TestContext.Current.CancellationToken);
            address = (await RunningService.ReadAsync(answer, HttpStatusCode.Created)).GetProperty("macAddress").GetString()!;
            service.Process.Kill();
        }

        await using var next = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, ["--store", "lab.db", .. Plain]);
        using var again = await next.Client.PostAsync("/v1/addresses", RunningService.Json("""{"handle":"a","vlanId":10}"""), TestContext.Current.CancellationToken);
        Assert.Equal(address, (await RunningService.ReadAsync(again, HttpStatusCode.OK)).GetProperty("macAddress").GetString());
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string uri = $"http://{other.LocalEndpoint}";
        Assert.Contains(uri, Refused("ServiceAddressInUse", "--uri", uri, "--allow-plain-http"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PlainHttpRefused", "--allow-plain-http", "--uri http://127.0.0.1:0")]
    [InlineData("PlainHttpRefused", "loopback", "--uri http://0.0.0.0:0 --allow-plain-http")]
    [InlineData("InvalidServiceUri", "'ftp://127.0.0.1'", "--uri ftp://127.0.0.1")]
    [InlineData("InvalidServiceUri", "'8443'", "--uri 8443")]
    [InlineData("InvalidServiceUri", "'http://example.com:80'", "--uri http://example.com:80 --allow-plain-http")]
    [InlineData("InvalidServiceUri", "'http://127.0.0.1:80/x'", "--uri http://127.0.0.1:80/x --allow-plain-http")]
    [InlineData("ServiceAddressUnavailable", "192.0.2.1", "--uri https://192.0.2.1:8443 --certificate good.pfx")]
    [InlineData("CertificateNotFound", "nowhere.pfx", "--uri https://127.0.0.1:0 --certificate nowhere.pfx")]
    [InlineData("CertificateNotFound", "nowhere.key", "--uri https://127.0.0.1:0 --certificate good.pem --key nowhere.key")]
    [InlineData("CertificateUnreadable", "lab.db", "--uri https://127.0.0.1:0 --certificate lab.db")]
    [InlineData("CertificateUnreadable", "damaged.pfx", "--uri https://127.0.0.1:0 --certificate damaged.pfx")]
    [InlineData("CertificateUnreadable", "--certificate-key", "--uri https://127.0.0.1:0 --certificate good.pfx --key good.key")]
    [InlineData("CertificateUnreadable", "other.key", "--uri https://127.0.0.1:0 --certificate good.pem --key other.key")]
    [InlineData("CertificateUnreadable", "lab.db", "--uri https://127.0.0.1:0 --certificate good.pfx --client-ca lab.db")]
    [InlineData("CertificateNotFound", "nowhere.pem", "--uri https://127.0.0.1:0 --certificate good.pfx --client-ca nowhere.pem")]
    [InlineData("CertificateWithoutKey", "good.pem", "--uri https://127.0.0.1:0 --certificate good.pem")]
    [InlineData("CertificateWithoutKey", "bare.pfx", "--uri https://127.0.0.1:0 --certificate bare.pfx")]
    [InlineData("CertificatePasswordWrong", "MACSEG_CERTIFICATE_PASSWORD", "--uri https://127.0.0.1:0 --certificate locked.pfx")]
    [InlineData("CertificatePasswordWrong", "MACSEG_CERTIFICATE_PASSWORD", "--uri https://127.0.0.1:0 --certificate good.pem --key locked.key")]
    public void What_cannot_serve_is_refused(string errorId, string named, string arguments)
    {
        TestCertificates.WriteFiles(folder);
        Assert.Contains(named, Refused(errorId, arguments.Split(' ')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_not_there_is_not_made()
    {
        Assert.Contains("nowhere.db", TestProgram.Native.RunIn(folder.File(""), ["provide", "--store", "nowhere.db", .. Plain]).Failed("StoreNotFound"), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("nowhere.db")));
    }

    private string Refused(string errorId, params string[] arguments)
    {
        var result = TestProgram.Native.RunIn(folder.File(""), ["provide", "--store", "lab.db", .. arguments]);
        Assert.Empty(result.Output);
        return result.Failed(errorId);
    }
}
