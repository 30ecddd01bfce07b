using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MacSegmentation.Errors;
using MacSegmentation.ProviderRuntime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MacSegmentation.Provision;

/// <summary>Kestrel with the service on it. It reads no configuration, no environment and no file of its own: what it does is what it was told.</summary>
internal sealed class ServiceServer : IAsyncDisposable
{
    /// <summary>How long requests under way may take to end when the service does.</summary>
    public static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The largest body that is read to its end, so that its sender can read the refusal; of a larger one the connection is closed.</summary>
    private const long LargestDrained = 16 * 1024 * 1024;

    private readonly WebApplication application;

    private ServiceServer(WebApplication application, IReadOnlyList<string> uris)
    {
        this.application = application;
        Uris = uris;
    }

    /// <summary>Where it listens, with the ports that were found.</summary>
    public IReadOnlyList<string> Uris { get; }

    /// <summary>Makes sure that the addresses can be had, before anything is changed for a service that could not answer.</summary>
    /// <param name="settings">How it is reached.</param>
    /// <exception cref="MacSegmentationException">ServiceAddressInUse, ServiceAddressForbidden, ServiceAddressUnavailable.</exception>
    public static void RequireFree(ServiceSettings settings)
    {
        foreach (var address in settings.Addresses.Where(address => address.Port != 0))
        {
            using var listener = new TcpListener(address.Address, address.Port);
            try
            {
                listener.Start();
            }
            catch (SocketException error)
            {
                throw Explain(error, settings)!;
            }
        }
    }

    /// <summary>Begins to answer.</summary>
    /// <param name="settings">How it is reached.</param>
    /// <param name="service">What answers devices.</param>
    /// <param name="feed">What enforcement points are told. It stays the caller's to dispose, after this.</param>
    /// <param name="desk">What takes applications' feedback. It stays the caller's to dispose, after this.</param>
    /// <param name="report">Told of errors that no client can do anything about.</param>
    /// <exception cref="MacSegmentationException">ServiceAddressInUse, ServiceAddressForbidden, ServiceAddressUnavailable.</exception>
    public static async Task<ServiceServer> StartAsync(ServiceSettings settings, IHandleService service, EnforcementFeed feed, FeedbackDesk desk, Action<Exception> report)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings, report));
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddSingleton<IExceptionHandler>(new RequestErrors(report));

        // The first writer that can write does: ours comes before the framework's.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails();
        var application = builder.Build();
        Answer(application, new ProviderService(service, feed, desk, settings.Limits, settings.Time, application.Lifetime.ApplicationStopping), settings);
        try
        {
            await application.StartAsync();
            return new ServiceServer(application, FindUris(application, settings));
        }
        catch (Exception error)
        {
            await application.DisposeAsync();
            if (Explain(error, settings) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    /// <summary>Takes no more requests, and ends when those under way are answered, or after <see cref="EndTimeout"/>.</summary>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(EndTimeout, TimeProvider.System);
        await application.StopAsync(patience.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    /// <summary>The way of a request.</summary>
    private static void Answer(WebApplication application, ProviderService answering, ServiceSettings settings)
    {
        application.Use(new RequestRecorder(answering.Metrics, settings.AccessLog, settings.Time).Record);
        application.UseExceptionHandler();
        application.Use(RequestLimits.AtOnce(settings.Limits, answering.Slots));
        application.Use(answering.Identify);
        application.Use(RequestLimits.AtOnceOfClient(settings.Limits));
        if (settings.Limits.Rate > 0)
        {
            application.UseRateLimiter(RequestLimits.ASecond(settings.Limits, settings.Time));
        }

        application.Run(answering.Handle);
    }

    private static void Configure(KestrelServerOptions kestrel, ServiceSettings settings, Action<Exception> report)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = settings.Limits.Connections;
        limits.RequestHeadersTimeout = settings.Limits.HeaderTimeout;
        limits.KeepAliveTimeout = settings.Limits.IdleTimeout;
        limits.MaxRequestBodySize = LargestDrained;

        // Above what the service refuses itself, with problem details; the server closes the connection with a bare status line.
        limits.MaxRequestLineSize = 2 * ServiceLimits.MaxTagsTargetLength;
        // In HTTP/2 the target is a field of the header.
        limits.MaxRequestHeadersTotalSize = 2 * (ServiceLimits.MaxHeaderLength + ServiceLimits.MaxTagsTargetLength);
        limits.Http2.MaxRequestHeaderFieldSize = 2 * ServiceLimits.MaxTagsTargetLength;
        var tls = settings.Certificate.Count > 0 ? Tls(settings, new CertificateSource(settings.Certificate, settings.CertificateFiles, settings.Time, report)) : null;
        var sources = new ConnectionSources(settings.Limits.ConnectionsOfAddress);
        foreach (var address in settings.Addresses)
        {
            kestrel.Listen(address.Address, address.Port, listen =>
            {
                listen.Use(sources.Admit);
                if (address.IsSecure)
                {
                    listen.Protocols = HttpProtocols.Http1AndHttp2;
                    listen.UseHttps(tls!);
                }
                else
                {
                    // Without TLS the two sides cannot agree on HTTP/2.
                    listen.Protocols = HttpProtocols.Http1;
                }
            });
        }
    }

    /// <summary>TLS with the certificate that holds at each handshake.</summary>
    private static TlsHandshakeCallbackOptions Tls(ServiceSettings settings, CertificateSource source)
    {
        var trusted = settings.ClientAuthorities.Count > 0 ? new ClientCertificates(settings.ClientAuthorities) : null;
        return new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = settings.Limits.HeaderTimeout,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = source.Current,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                ClientCertificateRequired = trusted is not null,
                RemoteCertificateValidationCallback = trusted is null
                    ? null
                    : (_, certificate, chain, _) => certificate is X509Certificate2 shown && trusted.IsTrusted(shown, chain),
            }),
        };
    }

    private static string[] FindUris(WebApplication application, ServiceSettings settings)
    {
        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return [.. settings.Addresses.Zip(bound, (address, found) => address.ToUri(new Uri(found).Port))];
    }

    private static MacSegmentationException? Explain(Exception error, ServiceSettings settings)
    {
        string where = string.Join(", ", settings.Addresses);
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return new MacSegmentationException(
                        "ServiceAddressInUse", MacErrorKind.InUse, $"The service cannot listen at {where}: another program does. End that program, or give another port; port 0 takes one that is free.", where, error);
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return new MacSegmentationException(
                        "ServiceAddressForbidden", MacErrorKind.PermissionDenied, $"The service may not listen at {where}: the system keeps the port from this user. Give a port above 1023, or grant CAP_NET_BIND_SERVICE.", where, error);
                case SocketException socket:
                    return new MacSegmentationException(
                        "ServiceAddressUnavailable", MacErrorKind.InvalidArgument, $"The service cannot listen at {where}: {socket.Message.TrimEnd('.')}. Give an address of this host, such as 0.0.0.0.", where, error);
            }
        }

        return null;
    }

    /// <summary>The service ends when its caller says so: the host must not listen to signals beside that one.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
