using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Providers;

namespace MacSegmentation.Stores.Sql;

/// <content>Providers, their blocks and their clients.</content>
internal partial class SqlStoreWriter
{
    public MacProvider InsertProvider(MacProvider provider)
    {
        var statement = Connection.Prepare(
            """
            INSERT INTO provider (low_water, block_size, created_at, seen_at, uri, home_id, name, name_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING provider_id
            """);
        return provider with { ProviderId = BindProvider(statement, provider).Bind(7, provider.Name).Bind(8, Key(provider.Name)).Scalar() };
    }

    public void UpdateProvider(MacProvider provider)
    {
        var statement = Connection.Prepare("UPDATE provider SET low_water = ?, block_size = ?, created_at = ?, seen_at = ?, uri = ?, home_id = ? WHERE provider_id = ?");
        BindProvider(statement, provider).Bind(7, provider.ProviderId).Run();
    }

    public void DeleteProvider(long providerId) => Connection.Prepare("DELETE FROM provider WHERE provider_id = ?").Bind(1, providerId).Run();

    public MacBlock InsertBlock(MacBlock block)
    {
        long providerId = Connection.Prepare("SELECT provider_id FROM provider WHERE name_key = ?").Bind(1, Key(block.Provider)).Scalar();
        if (block.BlockId > 0)
        {
            BindBlock(
                Connection.Prepare("INSERT INTO block (first, last, epoch, state, granted_at, vlan_id, provider_id, block_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                block,
                providerId).Bind(8, block.BlockId).Run();
            return block;
        }

        var statement = Connection.Prepare(
            "INSERT INTO block (first, last, epoch, state, granted_at, vlan_id, provider_id) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING block_id");
        return block with { BlockId = BindBlock(statement, block, providerId).Scalar() };
    }

    public void UpdateBlock(MacBlock block) => Connection
        .Prepare("UPDATE block SET first = ?, last = ?, epoch = ?, state = ? WHERE block_id = ?")
        .Bind(1, Number(block.Range.First))
        .Bind(2, Number(block.Range.Last))
        .Bind(3, block.Epoch)
        .Bind(4, StoredNumbers.BlockStates.From(block.State))
        .Bind(5, block.BlockId)
        .Run();

    public void DeleteBlock(long blockId) => Connection.Prepare("DELETE FROM block WHERE block_id = ?").Bind(1, blockId).Run();

    public void SetProviderState(ProviderState state)
    {
        Connection.Prepare("DELETE FROM provider_state").Run();
        Connection
            .Prepare("INSERT INTO provider_state (provider, root_id, root_revision, last_handle_id) VALUES (?, ?, ?, ?)")
            .Bind(1, state.Provider)
            .Bind(2, state.RootId)
            .Bind(3, state.RootRevision)
            .Bind(4, state.LastHandleId)
            .Run();
    }

    public MacProviderClient InsertProviderClient(MacProviderClient client)
    {
        long clientId = Connection
            .Prepare("INSERT INTO provider_client (name, name_key, token_digest, vlan_ids, created_at) VALUES (?, ?, ?, ?, ?) RETURNING client_id")
            .Bind(1, client.Name)
            .Bind(2, Key(client.Name))
            .Bind(3, (ReadOnlySpan<byte>)client.TokenDigest.ToArray())
            .Bind(4, string.Join(',', client.VlanId))
            .Bind(5, StoredNumbers.FromTime(client.CreatedAt))
            .Scalar();
        return client with { ClientId = clientId };
    }

    public void DeleteProviderClient(long clientId) => Connection.Prepare("DELETE FROM provider_client WHERE client_id = ?").Bind(1, clientId).Run();

    private static SqlStatement BindProvider(SqlStatement statement, MacProvider provider) => statement
        .Bind(1, provider.LowWater)
        .Bind(2, provider.BlockSize)
        .Bind(3, StoredNumbers.FromTime(provider.CreatedAt))
        .Bind(4, provider.SeenAt is { } seen ? StoredNumbers.FromTime(seen) : (long?)null)
        .Bind(5, provider.Uri)
        .Bind(6, provider.HomeId);

    private static SqlStatement BindBlock(SqlStatement statement, MacBlock block, long providerId) => statement
        .Bind(1, Number(block.Range.First))
        .Bind(2, Number(block.Range.Last))
        .Bind(3, block.Epoch)
        .Bind(4, StoredNumbers.BlockStates.From(block.State))
        .Bind(5, StoredNumbers.FromTime(block.GrantedAt))
        .Bind(6, block.VlanId)
        .Bind(7, providerId);
}
