# A provider service of a few lines, to try what real ones do rarely: it gives the answers that it was told, one after the other, and remembers the
# requests. Dot-sourced in BeforeAll.

if (-not ('FakeService' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

public sealed class FakeRequest
{
    public string Method;
    public string Path;
    public Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase);
    public string Body = "";
}

public sealed class FakeService : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate;

    public FakeService(X509Certificate2 certificate)
    {
        this.certificate = certificate;
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public ConcurrentQueue<string> Answers { get; } = new();
    public ConcurrentQueue<FakeRequest> Requests { get; } = new();
    public Uri Uri => new($"{(certificate == null ? "http" : "https")}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>Status, further headers and body of the next answer; a status of 0 closes the connection, one of -1 never answers.</summary>
    public void Enqueue(int status, string body, string headers) => Answers.Enqueue(
        status <= 0 ? $"{status}" : $"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (Exception)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                Stream stream = client.GetStream();
                if (certificate != null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(certificate);
                    stream = tls;
                }

                using var reader = new StreamReader(stream, Encoding.UTF8, false, 1024, leaveOpen: true);
                string[] first = (await reader.ReadLineAsync()).Split(' ');
                var request = new FakeRequest { Method = first[0], Path = first[1] };
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    int colon = line.IndexOf(':');
                    request.Headers[line[..colon]] = line[(colon + 1)..].Trim();
                }

                if (request.Headers.TryGetValue("Content-Length", out string length))
                {
                    var body = new char[int.Parse(length)];
                    await reader.ReadBlockAsync(body);
                    request.Body = new string(body);
                }

                Requests.Enqueue(request);
                if (!Answers.TryDequeue(out string answer) || answer == "-1")
                {
                    await Task.Delay(60_000);
                }
                else if (answer != "0")
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                    await stream.FlushAsync();
                }
            }
        }
        catch (Exception)
        {
        }
    }
}
'@
}

# A service that is ended with Dispose; over TLS, with a certificate that nobody trusts, if so asked.
function New-FakeService {
    param([switch] $Tls)

    $certificate = $null
    if ($Tls) {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $made = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
        $certificate = [System.Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12($made.Export('Pkcs12'), $null)
    }
    [FakeService]::new($certificate)
}

# Tells a service what to answer next: an object as JSON, or text as it is.
function Add-FakeAnswer {
    param([Parameter(Mandatory)] [FakeService] $Service, [int] $Status = 200, $Body = '', [string[]] $Header = @())

    $Service.Enqueue($Status, ($Body -is [string] ? $Body : ($Body | ConvertTo-Json -Compress)), -join $Header.ForEach({ "$_`r`n" }))
}
