using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MacSegmentation.Errors;

namespace MacSegmentation.Provision;

/// <summary>The certificate by which the service proves who it is, and those by which it knows its clients.</summary>
internal static class ServiceCertificate
{
    /// <summary>The variable of the environment that has the password of a certificate's file: an argument would be seen by every user of the host.</summary>
    public const string PasswordVariable = "MACSEG_CERTIFICATE_PASSWORD";

    /// <summary>Reads a certificate with its key, and those that stand between it and its root.</summary>
    /// <param name="path">A PKCS #12 or PEM file.</param>
    /// <param name="keyPath">The PEM file of the key, or null if it is in the first.</param>
    /// <param name="password">The password, or null.</param>
    /// <returns>The certificate first, then what the file has beside it.</returns>
    /// <exception cref="MacSegmentationException">CertificateNotFound, CertificateUnreadable, CertificateWithoutKey, CertificatePasswordWrong.</exception>
    public static X509Certificate2Collection Read(string path, string? keyPath, string? password)
    {
        bool isPem = IsPem(path);
        if (!isPem && keyPath is not null)
        {
            throw Unreadable(path, "a PKCS #12 file has its key in it, and --certificate-key is for a certificate in PEM");
        }

        return isPem ? ReadPem(path, keyPath ?? path, password) : ReadPkcs12(path, password);
    }

    /// <summary>Reads certificates of authorities.</summary>
    /// <param name="path">A PEM file.</param>
    /// <exception cref="MacSegmentationException">CertificateNotFound, CertificateUnreadable.</exception>
    public static X509Certificate2Collection ReadAuthorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        Try(path, () => authorities.ImportFromPemFile(path));
        return authorities.Count > 0 ? authorities : throw Unreadable(path, "it has no certificate in PEM");
    }

    private static X509Certificate2Collection ReadPem(string path, string keyPath, string? password)
    {
        var read = new X509Certificate2Collection();
        Try(path, () => read.ImportFromPemFile(path));
        if (read.Count == 0)
        {
            throw Unreadable(path, "it has no certificate in PEM");
        }

        string key = Try(keyPath, () => File.ReadAllText(keyPath));
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw WithoutKey(path);
        }

        bool isEncrypted = key.Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && password is null)
        {
            throw WrongPassword(keyPath);
        }

        using var own = Try(keyPath, () => isEncrypted ? X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath) : X509Certificate2.CreateFromPemFile(path, keyPath), isEncrypted);

        // Schannel, Windows' TLS, does not take a key that was never in a store of keys; a PKCS #12 file is read into one.
        byte[] exported = own.Export(X509ContentType.Pkcs12);
        return [X509CertificateLoader.LoadPkcs12(exported, password: null), .. read.Skip(1)];
    }

    private static X509Certificate2Collection ReadPkcs12(string path, string? password)
    {
        var read = Try(path, () => X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password), hasPassword: true);
        var own = read.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw WithoutKey(path);
        return [own, .. read.Where(certificate => certificate != own)];
    }

    private static bool IsPem(string path) => Try(path, () =>
    {
        // PKCS #12 begins with an ASN.1 SEQUENCE, and no text does.
        using var file = File.OpenRead(path);
        return file.ReadByte() != 0x30;
    });

    private static void Try(string path, Action read) => Try(path, () =>
    {
        read();
        return true;
    });

    private static T Try<T>(string path, Func<T> read, bool hasPassword = false)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MacSegmentationException("CertificateNotFound", MacErrorKind.NotFound, $"The file {path} does not exist. Give the certificate as a PKCS #12 or PEM file.", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var fault = FileFault.Of(path, error);
            throw new MacSegmentationException("CertificateUnreadable", fault.Kind, $"The file {path} cannot be used: {fault.Reason}. {fault.WayOut}", path, error);
        }
        catch (ArgumentException error)
        {
            throw Unreadable(path, "it has the key of another certificate", error);
        }
        catch (CryptographicException error)
        {
            throw hasPassword && IsPasswordError(error) ? WrongPassword(path, error) : Unreadable(path, "it is damaged, or has something else in it", error);
        }
    }

    // ERROR_INVALID_PASSWORD as its HRESULT, on every system for PKCS #12; a PEM key says no more than that its padding is wrong.
    private static bool IsPasswordError(CryptographicException error) => error.HResult == unchecked((int)0x80070056) || error.InnerException is CryptographicException || error.Message.Contains("password", StringComparison.OrdinalIgnoreCase);

    private static MacSegmentationException Unreadable(string path, string why, Exception? cause = null) =>
        new("CertificateUnreadable", MacErrorKind.InvalidData, $"The file {path} cannot be used: {why}. Give the certificate as a PKCS #12 or PEM file that this user may read.", path, cause);

    private static MacSegmentationException WithoutKey(string path) =>
        new("CertificateWithoutKey", MacErrorKind.InvalidData, $"The certificate {path} has no private key with it. Give the key's PEM file with --certificate-key, or a PKCS #12 file that has both.", path);

    private static MacSegmentationException WrongPassword(string path, Exception? cause = null) =>
        new("CertificatePasswordWrong", MacErrorKind.InvalidArgument, $"The password of {path} is wrong or missing. Give it in the environment variable {PasswordVariable}.", path, cause);
}
