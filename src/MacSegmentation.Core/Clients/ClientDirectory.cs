using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;

namespace MacSegmentation.Clients;

/// <summary>Clients by the digests of their tokens, for a look at every request. Never changes: a new one takes its place.</summary>
public sealed class ClientDirectory
{
    private readonly FrozenDictionary<UInt128, Token> tokens;
    private readonly FrozenDictionary<string, MacProviderClient> names;

    private ClientDirectory(IReadOnlyList<MacProviderClient> clients)
    {
        // Of the same 16 octets the present token is the one that counts; nobody can make others meet them.
        tokens = clients.Select(client => new Token([.. client.TokenDigest], client, client.ExpiresAt))
            .Concat(clients.Where(client => client.FormerUntil is not null).Select(client => new Token([.. client.FormerDigest], client, Earlier(client.FormerUntil, client.ExpiresAt))))
            .DistinctBy(token => Start(token.Digest))
            .ToFrozenDictionary(token => Start(token.Digest));
        names = clients.ToFrozenDictionary(client => client.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The directory of nobody.</summary>
    public static ClientDirectory Empty { get; } = Of([]);

    /// <summary>The directory of these clients.</summary>
    /// <param name="clients">The clients.</param>
    public static ClientDirectory Of(IEnumerable<MacProviderClient> clients) => new([.. clients]);

    /// <summary>The client with a token of this digest, or null; also if the token has ended.</summary>
    /// <param name="digest">SHA-256 of the token, 32 octets.</param>
    /// <param name="now">The time.</param>
    public MacProviderClient? Find(ReadOnlySpan<byte> digest, DateTimeOffset now) => digest.Length == SHA256.HashSizeInBytes
        && tokens.TryGetValue(Start(digest), out var token)
        && CryptographicOperations.FixedTimeEquals(token.Digest, digest)
        && !(token.EndsAt <= now)
            ? token.Client
            : null;

    /// <summary>The client of this name, or null.</summary>
    /// <param name="name">The name, in any case.</param>
    public MacProviderClient? Find(string name) => names.GetValueOrDefault(name);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other < one ? other : one;

    private static UInt128 Start(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt128BigEndian(digest);

    private sealed record Token(byte[] Digest, MacProviderClient Client, DateTimeOffset? EndsAt);
}
