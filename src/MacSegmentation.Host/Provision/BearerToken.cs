using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Clients;
using MacSegmentation.ProviderRuntime;

namespace MacSegmentation.Provision;

/// <summary>Who asks, by the bearer token of the request (RFC 6750 section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The longest token that is looked at: one is 47 characters long.</summary>
    private const int Longest = 256;

    /// <summary>The client, or null: without a token and with a wrong one alike.</summary>
    /// <remarks>A look-up by the digest of a secret of 256 bits tells nothing by the time that it takes: nobody can choose the digest.</remarks>
    /// <param name="authorization">The header field.</param>
    /// <param name="service">Who knows the clients.</param>
    public static MacProviderClient? FindClient(string? authorization, IHandleService service)
    {
        if (authorization is null || authorization.Length > Scheme.Length + Longest || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> octets = stackalloc byte[Longest * 3];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        int length = Encoding.UTF8.GetBytes(authorization.AsSpan(Scheme.Length).Trim(' '), octets);
        SHA256.HashData(octets[..length], digest);
        return service.FindClient(digest);
    }
}
