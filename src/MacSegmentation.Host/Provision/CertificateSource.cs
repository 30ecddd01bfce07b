using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MacSegmentation.Errors;

namespace MacSegmentation.Provision;

/// <summary>
/// The service's certificate as it is now. Its files are looked at with a handshake, once a second at most, and read anew when they have changed; what cannot be used is told, and the one before goes on.
/// </summary>
internal sealed class CertificateSource
{
    private readonly Func<(string Stamp, Func<X509Certificate2Collection> Read)>? look;
    private readonly TimeProvider time;
    private readonly Action<Exception> report;
    private readonly Lock reading = new();
    private volatile SslStreamCertificateContext current;
    private string stamp;
    private long lookedAt;

    /// <summary>A certificate.</summary>
    /// <param name="certificate">It, then what stands between it and its root.</param>
    /// <param name="look">Says how its files look, and reads them; null if it has none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Told of files that cannot be used.</param>
    public CertificateSource(X509Certificate2Collection certificate, Func<(string Stamp, Func<X509Certificate2Collection> Read)>? look, TimeProvider time, Action<Exception> report)
    {
        this.look = look;
        this.time = time;
        this.report = report;
        stamp = look?.Invoke().Stamp ?? string.Empty;
        lookedAt = time.GetTimestamp();
        current = ContextOf(certificate);
    }

    /// <summary>The certificate for the next handshake.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (look is not null && time.GetElapsedTime(Interlocked.Read(ref lookedAt)) >= TimeSpan.FromSeconds(1) && reading.TryEnter())
            {
                try
                {
                    LookAgain();
                }
                finally
                {
                    reading.Exit();
                }
            }

            return current;
        }
    }

    /// <summary>How files look, and how they are read.</summary>
    /// <param name="path">The certificate.</param>
    /// <param name="keyPath">Its key, or null.</param>
    /// <param name="password">The password, or null.</param>
    /// <param name="time">The clock.</param>
    public static Func<(string Stamp, Func<X509Certificate2Collection> Read)> OfFiles(string path, string? keyPath, string? password, TimeProvider time) => () => (
        $"{StampOf(path)} {(keyPath is null ? string.Empty : StampOf(keyPath))}",
        () =>
        {
            var read = ServiceCertificate.Read(path, keyPath, password);
            CertificateRules.Check(read[0], path, time.GetUtcNow());
            return read;
        });

    private static string StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "none";
    }

    private static SslStreamCertificateContext ContextOf(X509Certificate2Collection certificate) =>
        SslStreamCertificateContext.Create(certificate[0], [.. certificate.Skip(1)], offline: true);

    private void LookAgain()
    {
        Interlocked.Exchange(ref lookedAt, time.GetTimestamp());
        var (found, read) = look!();
        if (string.Equals(found, stamp, StringComparison.Ordinal))
        {
            return;
        }

        // Files that are being replaced may not fit each other yet: told once for each state that they are in.
        stamp = found;
        try
        {
            current = ContextOf(read());
        }
        catch (MacSegmentationException error)
        {
            report(error);
        }
    }
}
