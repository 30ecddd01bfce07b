using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Providers;

namespace MacSegmentation.Stores.Sql;

/// <content>Providers, their blocks and their clients.</content>
internal partial class SqlStoreReader
{
    public MacProvider? FindProvider(string name) => Connection.Prepare(ProviderRow.SelectByName).Bind(1, Key(name)).First(ProviderRow.Read);

    public IReadOnlyList<MacProvider> ListProviders() => Connection.Prepare(ProviderRow.SelectSorted).All(ProviderRow.Read);

    public MacBlock? FindBlock(long blockId) => Connection.Prepare(BlockRow.SelectById).Bind(1, blockId).First(BlockRow.Read);

    public MacBlock? FindBlockIn(MacRange range)
    {
        // Blocks share no address: the last that begins before the range reaches farthest into it.
        var before = Connection.Prepare(BlockRow.SelectByFirst).Bind(1, Number(range.First)).First(BlockRow.Read);
        return before?.Range.Overlaps(range) == true
            ? before
            : Connection.Prepare(BlockRow.SelectBetween).Bind(1, Number(range.First)).Bind(2, Number(range.Last)).First(BlockRow.Read);
    }

    public IReadOnlyList<MacBlock> ListBlocks(int? vlanId = null, string? provider = null)
    {
        var statement = (vlanId, provider) switch
        {
            (null, null) => Connection.Prepare(BlockRow.SelectSorted),
            ({ } vlan, null) => Connection.Prepare(BlockRow.SelectOfVlan).Bind(1, vlan),
            (null, { } name) => Connection.Prepare(BlockRow.SelectOfProvider).Bind(1, Key(name)),
            ({ } vlan, { } name) => Connection.Prepare(BlockRow.SelectOfVlanAndProvider).Bind(1, vlan).Bind(2, Key(name)),
        };
        return statement.All(BlockRow.Read);
    }

    public ProviderState? FindProviderState() => Connection
        .Prepare("SELECT provider, root_id, root_revision, last_handle_id FROM provider_state")
        .First(static row => new ProviderState(row.Text(0), row.Text(1), row.Number(2), row.Number(3)));

    public MacProviderClient? FindProviderClient(string name) => Connection.Prepare(ProviderClientRow.SelectByName).Bind(1, Key(name)).First(ProviderClientRow.Read);

    public IReadOnlyList<MacProviderClient> ListProviderClients() => Connection.Prepare(ProviderClientRow.SelectSorted).All(ProviderClientRow.Read);
}
