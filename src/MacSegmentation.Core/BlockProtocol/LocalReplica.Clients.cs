using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Stores;

namespace MacSegmentation.BlockProtocol;

/// <content>The clients in a provider's own store: it knows them while the shared store cannot be reached.</content>
internal static partial class LocalReplica
{
    /// <summary>Makes the clients those of the shared store.</summary>
    public static void MirrorClients(IStoreWriter home, IReadOnlyList<MacProviderClient> clients)
    {
        var here = home.ListProviderClients().ToList();
        foreach (var client in clients)
        {
            if (here.RemoveAll(known => AreSame(known, client)) == 0)
            {
                if (home.FindProviderClient(client.Name) is { } former)
                {
                    // Its number stays, by which its requests are counted.
                    here.RemoveAll(known => known.ClientId == former.ClientId);
                    home.UpdateProviderClient(client with { ClientId = former.ClientId });
                }
                else
                {
                    home.InsertProviderClient(client);
                }
            }
        }

        here.ForEach(gone => home.DeleteProviderClient(gone.ClientId));
    }

    private static bool AreSame(MacProviderClient client, MacProviderClient other) =>
        string.Equals(client.Name, other.Name, StringComparison.Ordinal)
        && client.TokenDigest.SequenceEqual(other.TokenDigest)
        && client.VlanId.SequenceEqual(other.VlanId)
        && client.Scope == other.Scope
        && string.Equals(client.Group, other.Group, StringComparison.Ordinal)
        && client.Quota == other.Quota
        && client.ExpiresAt == other.ExpiresAt
        && client.FormerDigest.SequenceEqual(other.FormerDigest)
        && client.FormerUntil == other.FormerUntil;
}
