using System.Security.Cryptography.X509Certificates;

namespace MacSegmentation.Provision;

/// <summary>How the service is reached.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Where it listens.</summary>
    public required IReadOnlyList<ServiceAddress> Addresses { get; init; }

    /// <summary>Its certificate and what stands between that and its root; empty if it listens without TLS only.</summary>
    public X509Certificate2Collection Certificate { get; init; } = [];

    /// <summary>How the files of the certificate look, and how they are read; null if it has none.</summary>
    public Func<(string Stamp, Func<X509Certificate2Collection> Read)>? CertificateFiles { get; init; }

    /// <summary>The authorities for clients' certificates; empty if clients need none.</summary>
    public X509Certificate2Collection ClientAuthorities { get; init; } = [];

    /// <summary>Where requests are written down; null for nowhere. It stays the caller's to dispose, after the service.</summary>
    public AccessLog? AccessLog { get; init; }

    /// <summary>What clients may have.</summary>
    public ServiceLimits Limits { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
