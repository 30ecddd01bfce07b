using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;

namespace MacSegmentation.Clients;

/// <summary>Clients by the digests of their tokens, for a look at every request. Never changes: a new one takes its place.</summary>
public sealed class ClientDirectory
{
    private readonly FrozenDictionary<UInt128, MacProviderClient> clients;

    private ClientDirectory(FrozenDictionary<UInt128, MacProviderClient> clients) => this.clients = clients;

    /// <summary>The directory of nobody.</summary>
    public static ClientDirectory Empty { get; } = Of([]);

    /// <summary>The directory of these clients.</summary>
    /// <param name="clients">The clients.</param>
    public static ClientDirectory Of(IEnumerable<MacProviderClient> clients) =>
        new(clients.ToFrozenDictionary(client => Start([.. client.TokenDigest])));

    /// <summary>The client with a token of this digest, or null.</summary>
    /// <param name="digest">SHA-256 of the token, 32 octets.</param>
    public MacProviderClient? Find(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != SHA256.HashSizeInBytes || !clients.TryGetValue(Start(digest), out var client))
        {
            return null;
        }

        Span<byte> known = stackalloc byte[SHA256.HashSizeInBytes];
        for (int i = 0; i < known.Length; i++)
        {
            known[i] = client.TokenDigest[i];
        }

        return CryptographicOperations.FixedTimeEquals(known, digest) ? client : null;
    }

    /// <summary>The client of this name, or null.</summary>
    /// <param name="name">The name, in any case.</param>
    public MacProviderClient? Find(string name)
    {
        foreach (var client in clients.Values)
        {
            if (string.Equals(client.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return client;
            }
        }

        return null;
    }

    private static UInt128 Start(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt128BigEndian(digest);
}
