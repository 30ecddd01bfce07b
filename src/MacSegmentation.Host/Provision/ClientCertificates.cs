using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MacSegmentation.Provision;

/// <summary>Which clients' certificates are taken: those that an authority of the service's own list stands for, and no other of the system's.</summary>
/// <param name="authorities">The authorities.</param>
internal sealed class ClientCertificates(X509Certificate2Collection authorities)
{
    /// <summary>TLS client authentication (RFC 5280 section 4.2.1.12).</summary>
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    /// <summary>True if a certificate is taken.</summary>
    /// <param name="certificate">The client's certificate.</param>
    /// <param name="sent">The chain that TLS built, with what else the client sent.</param>
    public bool IsTrusted(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(ClientAuthentication);

        // A client must not be able to make the service fetch something from anywhere.
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        if (sent is not null)
        {
            policy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }
}
