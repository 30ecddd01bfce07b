using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MacSegmentation.Captures;
using MacSegmentation.Processes;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>The service over TLS, with certificates of the test's own.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 root = TestCertificates.MakeAuthority("macseg root");
    private readonly X509Certificate2 server;

    public TlsTests() => server = TestCertificates.Make("mps-a", TestCertificates.ServerUse, root);

    public void Dispose()
    {
        root.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData(1, SslProtocols.Tls12)]
    [InlineData(1, SslProtocols.Tls13)]
    [InlineData(2, SslProtocols.Tls12)]
    [InlineData(2, SslProtocols.Tls13)]
    public async Task Both_versions_of_HTTP_are_spoken_over_both_of_TLS(int version, SslProtocols protocol)
    {
        await using var service = await RunningService.StartAsync(Settings());
        using var client = Client(service, protocol: protocol);
        var answer = await AskAsync(client, new Version(version, version == 1 ? 1 : 0));
        Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version.Major));
        var problem = await client.GetAsync("/v1/addresses/nobody%2Fa", TestContext.Current.CancellationToken);
        await RunningService.RefusedAsync(problem, 404, "HandleNotFound");
    }

    [Fact]
    public async Task A_certificate_is_read_anew_when_its_file_changes_and_one_that_cannot_be_used_is_told()
    {
        using var folder = new TemporaryFolder();
        using var next = TestCertificates.Make("mps-next", TestCertificates.ServerUse, root);
        string path = folder.File("service.pfx");
        await File.WriteAllBytesAsync(path, server.Export(X509ContentType.Pkcs12), TestContext.Current.CancellationToken);
        var clock = new HandClock();
        var settings = Settings() with { Time = clock, CertificateFiles = CertificateSource.OfFiles(path, keyPath: null, password: null, TimeProvider.System) };
        await using var service = await RunningService.StartAsync(settings);
        Assert.Equal("CN=mps-a", await ShownAsync(service));
        await File.WriteAllTextAsync(path, "half a file", TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=mps-a", await ShownAsync(service));
        Assert.Equal("CertificateUnreadable", Assert.IsType<Errors.MacSegmentationException>(Assert.Single(service.Troubles)).ErrorId);
        await File.WriteAllBytesAsync(path, next.Export(X509ContentType.Pkcs12), TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=mps-next", await ShownAsync(service));
        Assert.Single(service.Troubles);
    }

    [Fact]
    public void A_certificate_that_no_client_takes_is_refused_at_the_start()
    {
        var now = DateTimeOffset.UtcNow;
        Assert.Equal("CertificateExpired", Refused(server, now.AddDays(3)));
        Assert.Equal("CertificateNotYetValid", Refused(server, now.AddDays(-3)));
        using var clients = TestCertificates.Make("for clients", TestCertificates.ClientUse, root);
        Assert.Equal("CertificateForClients", Refused(clients, now));
#pragma warning disable CA5385 // What is weak must be refused.
        using var key = System.Security.Cryptography.RSA.Create(1024);
#pragma warning restore CA5385
        using var weak = new CertificateRequest("CN=weak", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        Assert.Equal("CertificateWeak", Refused(weak, now));
        Assert.Contains("ends at", CertificateRules.Check(server, "service.pfx", now), StringComparison.Ordinal);
        using var good = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var lasting = new CertificateRequest("CN=long", good, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        Assert.Null(CertificateRules.Check(lasting, "service.pfx", now));

        static string Refused(X509Certificate2 certificate, DateTimeOffset at) => Assert.Throws<Errors.MacSegmentationException>(() => CertificateRules.Check(certificate, "service.pfx", at)).ErrorId;
    }

    [Fact]
    public async Task A_chain_is_sent_with_its_middle()
    {
        using var middle = TestCertificates.Make("macseg middle", TestCertificates.ServerUse, root, isAuthority: true);
        using var leaf = TestCertificates.Make("mps-b", TestCertificates.ServerUse, middle);
        await using var service = await RunningService.StartAsync(Settings() with { Certificate = [leaf, middle] });
        using var client = Client(service);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(client)).StatusCode);
    }

    [Theory]
#pragma warning disable CA5397, SYSLIB0039 // What is old must be refused.
    [InlineData(SslProtocols.Tls11)]
#pragma warning restore CA5397, SYSLIB0039
    public async Task An_old_TLS_is_refused(SslProtocols protocol)
    {
        await using var service = await RunningService.StartAsync(Settings());
        using var client = Client(service, protocol: protocol);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client));
    }

    [Fact]
    public async Task A_client_needs_a_certificate_of_the_right_authority_and_its_token()
    {
        using var authority = TestCertificates.MakeAuthority("clients");
        using var stranger = TestCertificates.MakeAuthority("clients");
        using var good = TestCertificates.Make("good", TestCertificates.ClientUse, authority);
        await using var service = await RunningService.StartAsync(Settings() with { ClientAuthorities = [authority] });
        using (var client = Client(service, good))
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(client)).StatusCode);
            client.DefaultRequestHeaders.Authorization = null;
            await RunningService.RefusedAsync(await AskAsync(client), 401, "TokenRequired");
        }

        using var foreign = TestCertificates.Make("foreign", TestCertificates.ClientUse, stranger);
        using var alone = TestCertificates.Make("alone", TestCertificates.ClientUse);
        using var expired = TestCertificates.Make("expired", TestCertificates.ClientUse, authority, days: 0);
        using var wrongUse = TestCertificates.Make("server", TestCertificates.ServerUse, authority);
        foreach (var certificate in new[] { null, foreign, alone, expired, wrongUse })
        {
            using var client = Client(service, certificate);
            await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client));
        }
    }

    [Theory]
    [InlineData("good.pfx", null, null)]
    [InlineData("good.pem", "good.key", null)]
    [InlineData("locked.pfx", null, TestCertificates.Password)]
    [InlineData("good.pem", "locked.key", TestCertificates.Password)]
    public async Task A_certificate_comes_from_a_file(string certificate, string? key, string? password)
    {
        using var folder = new TemporaryFolder();
        TestCertificates.WriteFiles(folder);
        string token;
        using (var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") }))
        {
            token = RunningService.Fill(store).All;
        }

        var program = password is null ? TestProgram.Native : TestProgram.Native.In(new Dictionary<string, string>(StringComparer.Ordinal) { [ServiceCertificate.PasswordVariable] = password });
        string[] keyArguments = key is null ? [] : ["--key", key];
        await using var service = await RunningProcess.StartAsync(
            program, folder.File(""), token, ["--store", "lab.db", "--uri", "https://127.0.0.1:0", "--certificate", certificate, .. keyArguments]);
        using var own = X509CertificateLoader.LoadPkcs12FromFile(folder.File("good.pfx"), password: null);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => own.Equals(shown);
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode);
    }

    private ServiceSettings Settings() => new() { Addresses = [new ServiceAddress(IPAddress.Loopback, 0, IsSecure: true)], Certificate = [server] };

    private HttpClient Client(RunningService service, X509Certificate2? certificate = null, SslProtocols protocol = SslProtocols.None)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = protocol,
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck },
                ClientCertificates = certificate is null ? null : [certificate],
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            },
        };
        var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Token);
        return client;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, Version? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/pools") { Version = version ?? HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The subject that a new connection is shown.</summary>
    private static async Task<string> ShownAsync(RunningService service)
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
#pragma warning disable CA5359 // It is looked at, and not trusted.
        await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("127.0.0.1");
        return tls.RemoteCertificate!.Subject;
    }
}
