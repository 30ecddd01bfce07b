using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Clients;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>What enforcement points are told of a store, as it was from one revision on. Immutable.</summary>
internal sealed class EnforcementView
{
    /// <summary>Answers that are kept, one for each set of VLANs that clients may use; what is beyond them is written anew each time.</summary>
    private const int MostKept = 64;

    private readonly ConfigurationSnapshot snapshot;
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> written = new(StringComparer.Ordinal);

    /// <summary>Prepares what is told.</summary>
    /// <param name="snapshot">The store's configuration.</param>
    public EnforcementView(ConfigurationSnapshot snapshot)
    {
        this.snapshot = snapshot;
        Settings = snapshot.Of<PartitionSettings>() is [var given, ..] ? given : new PartitionSettings();
        Index = new PartitionIndex(snapshot.Of<MacPartition>(), Settings.ConflictResolution);
    }

    /// <summary>The revision that brought it; later ones have changed nothing of it.</summary>
    public long Revision => snapshot.Revision;

    /// <summary>What holds for all partitions.</summary>
    public PartitionSettings Settings { get; }

    /// <summary>The partitions.</summary>
    public PartitionIndex Index { get; }

    /// <summary>The VLANs, by ascending id.</summary>
    public ImmutableArray<VlanPolicies> Vlans => snapshot.Vlans;

    /// <summary>The interface records.</summary>
    public ImmutableArray<MacInterface> Interfaces => snapshot.Interfaces;

    /// <summary>True if another configuration of the store has all that is told alike. Addresses that are given out change none of it.</summary>
    /// <param name="next">The other one, read after this one.</param>
    public bool Holds(ConfigurationSnapshot next) =>
        !next.StartsOver
        && next.Interfaces == snapshot.Interfaces
        && next.Of<MacPartition>() == snapshot.Of<MacPartition>()
        && (next.Of<PartitionSettings>() is [var settings, ..] ? settings : new PartitionSettings()) == Settings
        && next.Vlans.Select(static vlan => (vlan.VlanId, vlan.DefaultAction)).SequenceEqual(Vlans.Select(static vlan => (vlan.VlanId, vlan.DefaultAction)));

    /// <summary>
    /// The strong validator of what a client is told (RFC 9110 section 8.8.1): the revision, the token that its change drew, which no other store and no other
    /// history of this one has, and what the client may see.
    /// </summary>
    /// <param name="client">The client.</param>
    public string TagFor(MacProviderClient client)
    {
        string scope = client.VlanId.Count == 0 ? "all" : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ScopeOf(client))).AsSpan(0, 8));
        return $"\"{snapshot.Revision}-{snapshot.Token}-{scope}\"";
    }

    /// <summary>What a client is told, as JSON. All clients of the same VLANs share it, and wait for it without a thread while it is written.</summary>
    /// <param name="client">The client.</param>
    public Task<byte[]> WriteAsync(MacProviderClient client)
    {
        string scope = ScopeOf(client);
        if (!written.TryGetValue(scope, out var known))
        {
            known = new Lazy<Task<byte[]>>(() => Task.Run(() => EnforcementJson.Write(this, client)));
            if (written.Count < MostKept)
            {
                known = written.GetOrAdd(scope, known);
            }
        }

        return known.Value;
    }

    private static string ScopeOf(MacProviderClient client) => string.Join(',', client.VlanId);
}
