using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MacSegmentation.Captures;

namespace MacSegmentation.Provision;

/// <summary>Certificates that are made for a test.</summary>
internal static class TestCertificates
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";
    public const string Password = "correct horse";

    /// <summary>An authority with its key.</summary>
    public static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>A certificate with its key that an authority stands for; by itself without one.</summary>
    public static X509Certificate2 Make(string name, string use, X509Certificate2? authority = null, int days = 1, bool isAuthority = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        if (!isAuthority)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        }

        var from = DateTimeOffset.UtcNow.AddHours(-23);
        var until = DateTimeOffset.UtcNow.AddDays(days).AddMinutes(-1);
        if (authority is not null && new DateTimeOffset(authority.NotAfter) is var end && end < until)
        {
            // Made a second after its authority, it must not outlive that one.
            until = end;
        }

        using var made = authority is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(authority, from, until, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>good.pfx, good.pem and good.key of one certificate; locked.pfx and locked.key with a password; bare.pfx without a key; other.key of another; damaged.pfx.</summary>
    public static void WriteFiles(TemporaryFolder folder)
    {
        using var certificate = Make("macseg test", ServerUse, days: 60);
        using var key = certificate.GetECDsaPrivateKey()!;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] pfx = certificate.Export(X509ContentType.Pkcs12);
        folder.Write("good.pfx", pfx);
        folder.Write("damaged.pfx", pfx[..^40]);
        folder.Write("locked.pfx", certificate.Export(X509ContentType.Pkcs12, Password));
        folder.Write("bare.pfx", X509CertificateLoader.LoadCertificate(certificate.RawData).Export(X509ContentType.Pkcs12));
        Write("good.pem", certificate.ExportCertificatePem());

        // What was read from PKCS #12 may give its key encrypted only.
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);
        string locked = PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", key.ExportEncryptedPkcs8PrivateKey(Password, parameters));
        Write("locked.key", locked);
        using var copy = ECDsa.Create();
        copy.ImportFromEncryptedPem(locked, Password);
        Write("good.key", copy.ExportPkcs8PrivateKeyPem());
        Write("other.key", other.ExportPkcs8PrivateKeyPem());

        void Write(string name, string text) => folder.Write(name, Encoding.ASCII.GetBytes(text));
    }
}
