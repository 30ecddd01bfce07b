using System.Security.Cryptography.X509Certificates;
using MacSegmentation.Errors;

namespace MacSegmentation.Provision;

/// <summary>What a service's certificate has to be, so that clients take it: told at the start, and not by each of them.</summary>
internal static class CertificateRules
{
    /// <summary>TLS server authentication (RFC 5280 section 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Any purpose (the same section).</summary>
    private const string AnyPurpose = "2.5.29.37.0";

    /// <summary>The shortest key of RSA, in bits (NIST SP 800-131A revision 2, section 3).</summary>
    private const int ShortestRsaKey = 2048;

    private static readonly TimeSpan WarnedBefore = TimeSpan.FromDays(14);

    /// <summary>Signatures by MD5 and SHA-1, with RSA and with ECDSA, and RSA-PSS with its defaults does not occur: those name their digest.</summary>
    private static readonly string[] WeakSignatures = ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.3.14.3.2.29", "1.2.840.10045.4.1"];

    /// <summary>Refuses what no client takes.</summary>
    /// <param name="certificate">The service's certificate.</param>
    /// <param name="path">Its file.</param>
    /// <param name="now">The time.</param>
    /// <returns>What its administrator should know; null if nothing.</returns>
    /// <exception cref="MacSegmentationException">CertificateExpired, CertificateNotYetValid, CertificateWeak, CertificateForClients.</exception>
    public static string? Check(X509Certificate2 certificate, string path, DateTimeOffset now)
    {
        if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            throw Refused("CertificateExpired", path, $"has ended at {certificate.NotAfter.ToUniversalTime():u}, and no client takes it", "Give one that is valid");
        }

        if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime)
        {
            throw Refused("CertificateNotYetValid", path, $"begins at {certificate.NotBefore.ToUniversalTime():u}, and no client takes it before", "Give one that is valid now, and see that this host's clock is right");
        }

        using (var rsa = certificate.GetRSAPublicKey())
        {
            if (rsa is not null && rsa.KeySize < ShortestRsaKey)
            {
                throw Refused("CertificateWeak", path, $"has a key of {rsa.KeySize} bits", $"Give one with RSA of {ShortestRsaKey} bits or more, or with an elliptic curve");
            }
        }

        if (WeakSignatures.Contains(certificate.SignatureAlgorithm.Value, StringComparer.Ordinal))
        {
            throw Refused("CertificateWeak", path, $"is signed with {certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value}", "Give one that is signed with SHA-256 or better");
        }

        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } use
            && !use.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Any(purpose => purpose.Value is ServerAuthentication or AnyPurpose))
        {
            throw Refused("CertificateForClients", path, "is not for servers: its purposes are others, such as the authentication of clients", "Give one for TLS server authentication");
        }

        return certificate.NotAfter.ToUniversalTime() - now.UtcDateTime < WarnedBefore
            ? $"The certificate {path} ends at {certificate.NotAfter.ToUniversalTime():u}. Put another in its place; it is read without a restart."
            : null;
    }

    private static MacSegmentationException Refused(string errorId, string path, string why, string wayOut) =>
        new(errorId, MacErrorKind.InvalidData, $"The certificate {path} {why}. {wayOut}.", path);
}
