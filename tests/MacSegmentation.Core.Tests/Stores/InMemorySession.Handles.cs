using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Providers;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public string StoreId => storeId;

    public MacAllocation? FindAllocationIn(MacRange range) => State.Allocations.Values.FirstOrDefault(a => range.Contains(a.MacAddress));

    public IReadOnlyList<MacHandle> ListHandlesNamed(string handle, string copyInstance = "") =>
    [
        .. State.Handles.Values.Where(h =>
            string.Equals(h.Handle, handle, StringComparison.Ordinal) && (copyInstance.Length > 0 ? h.IsCopy && Names.Equals(h.InstanceId, copyInstance) : !h.IsCopy)),
    ];

    public long CountHeldBy(string client, long limit) => State.Handles.Values.Where(h => h.State is HandleState.Held && Names.Equals(h.Client, client)).Take((int)limit).Count();

    public IReadOnlyList<string> ListKnown(IReadOnlyList<string> handles) => [.. handles.Distinct(StringComparer.Ordinal).Where(handle => ListHandlesNamed(handle).Count > 0)];

    public IReadOnlyList<MacAddress> ListAllocated(IReadOnlyList<MacAddress> addresses) => [.. addresses.Distinct().Where(State.Allocations.ContainsKey)];

    public MacHandle? FindHandleByAddress(MacAddress address) => State.Handles.Values.FirstOrDefault(h => h.State is HandleState.Held && h.MacAddress == address);

    public IReadOnlyList<MacHandle> ListHandles(int? vlanId = null) =>
    [
        .. State.Handles.Values.Where(h => vlanId is null || h.VlanId == vlanId)
            .OrderBy(h => h.Handle, StringComparer.Ordinal)
            .ThenBy(h => h.IsCopy ? h.InstanceId.ToUpperInvariant() : string.Empty, StringComparer.Ordinal)
            .ThenBy(h => h.Client.ToUpperInvariant(), StringComparer.Ordinal),
    ];

    public IReadOnlyList<MacHandle> ListHandlesBetween(string first, string last, int limit) =>
        [.. ListHandles().Where(h => string.CompareOrdinal(h.Handle, first) >= 0 && string.CompareOrdinal(h.Handle, last) <= 0).Take(limit)];

    public IReadOnlyList<MacHandle> ListHandlesIn(MacRange range, int limit = int.MaxValue) =>
        [.. State.Handles.Values.Where(h => h.State is HandleState.Held && range.Contains(h.MacAddress)).OrderBy(h => h.MacAddress).Take(limit)];

    public IReadOnlyList<MacHandle> ListHandlesSince(long revision, long handleId, int limit) =>
    [
        .. State.Handles.Values.Where(h => h.Revision > revision || (h.Revision == revision && h.HandleId > handleId))
            .OrderBy(h => h.Revision).ThenBy(h => h.HandleId).Take(limit),
    ];

    public IReadOnlyList<MacHandle> ListUnreportedHandles(int limit) =>
        [.. State.Handles.Values.Where(h => !h.IsReported).OrderBy(h => h.Revision).ThenBy(h => h.HandleId).Take(limit)];

    public MacProvider? FindProvider(string name) => State.Providers.Values.FirstOrDefault(p => Names.Equals(p.Name, name));

    public IReadOnlyList<MacProvider> ListProviders() => [.. State.Providers.Values.OrderBy(p => p.Name, Names)];

    public MacBlock? FindBlock(long blockId) => State.Blocks.GetValueOrDefault(blockId);

    public MacBlock? FindBlockIn(MacRange range) =>
        State.Blocks.Values.Where(b => b.State is not BlockState.Closed && b.Range.Overlaps(range)).MinBy(b => b.Range.First);

    public IReadOnlyList<MacBlock> ListBlocks(int? vlanId = null, string? provider = null) =>
    [
        .. State.Blocks.Values.Where(b => (vlanId is null || b.VlanId == vlanId) && (provider is null || Names.Equals(b.Provider, provider)))
            .OrderBy(b => b.VlanId).ThenBy(b => b.Range.First).ThenBy(b => b.BlockId),
    ];

    public ProviderState? FindProviderState() => State.Provider;

    public MacProviderClient? FindProviderClient(string name) => State.Clients.Values.FirstOrDefault(c => Names.Equals(c.Name, name));

    public IReadOnlyList<MacProviderClient> ListProviderClients() => [.. State.Clients.Values.OrderBy(c => c.Name, Names)];

    public void InsertHandle(MacHandle handle)
    {
        RequireUnique(handle);
        var stored = handle with { HandleId = State.LastHandleId + 1, Revision = Revision + 1 };
        State = State with { Handles = State.Handles.Add(stored.HandleId, stored), LastHandleId = stored.HandleId };
    }

    public void UpdateHandle(MacHandle handle)
    {
        RequireUnique(handle);
        State = State with { Handles = State.Handles.SetItem(handle.HandleId, handle with { Revision = Revision + 1 }) };
    }

    public void DeleteHandle(long handleId) => State = State with { Handles = State.Handles.Remove(handleId) };

    public void MarkHandleReported(long handleId, long revision)
    {
        if (State.Handles.GetValueOrDefault(handleId) is { } handle && handle.Revision == revision)
        {
            State = State with { Handles = State.Handles.SetItem(handleId, handle with { IsReported = true }) };
        }
    }

    public void MarkHandlesUnreported(string provider) => State = State with
    {
        Handles = State.Handles.SetItems(State.Handles.Where(h => Names.Equals(h.Value.Provider, provider)).Select(h => KeyValuePair.Create(h.Key, h.Value with { IsReported = false }))),
    };

    public MacProvider InsertProvider(MacProvider provider)
    {
        var stored = provider with { ProviderId = State.LastProviderId + 1 };
        State = State with { Providers = State.Providers.Add(stored.ProviderId, stored), LastProviderId = stored.ProviderId };
        return stored;
    }

    public void UpdateProvider(MacProvider provider) => State = State with
    {
        Providers = State.Providers.SetItem(provider.ProviderId, provider with { SeenAt = State.Providers[provider.ProviderId].SeenAt }),
    };

    public void MarkProviderSeen(long providerId)
    {
        if (State.Providers.GetValueOrDefault(providerId) is { } provider)
        {
            State = State with { Providers = State.Providers.SetItem(providerId, provider with { SeenAt = now }) };
        }
    }

    public void DeleteProvider(long providerId) => State = State with
    {
        Blocks = State.Blocks.RemoveRange(ListBlocks(provider: State.Providers[providerId].Name).Select(b => b.BlockId)),
        Providers = State.Providers.Remove(providerId),
    };

    public MacBlock InsertBlock(MacBlock block)
    {
        if (ListBlocks().Any(other => other.State is not BlockState.Closed && other.Range.First == block.Range.First))
        {
            throw new InvalidOperationException($"There would be two blocks from {block.Range.First}.");
        }

        var stored = block with { BlockId = block.BlockId > 0 ? block.BlockId : State.LastBlockId + 1, Used = 0 };
        State = State with { Blocks = State.Blocks.Add(stored.BlockId, stored), LastBlockId = Math.Max(State.LastBlockId, stored.BlockId) };
        return stored;
    }

    public void UpdateBlock(MacBlock block) => State = State with { Blocks = State.Blocks.SetItem(block.BlockId, block with { Used = 0 }) };

    public void DeleteBlock(long blockId) => State = State with { Blocks = State.Blocks.Remove(blockId) };

    public void SetProviderState(ProviderState state) => State = State with { Provider = state };

    public MacProviderClient InsertProviderClient(MacProviderClient client)
    {
        var stored = client with { ClientId = State.LastClientId + 1 };
        State = State with { Clients = State.Clients.Add(stored.ClientId, stored), LastClientId = stored.ClientId };
        return stored;
    }

    public void UpdateProviderClient(MacProviderClient client) => State = State with { Clients = State.Clients.SetItem(client.ClientId, client) };

    public void DeleteProviderClient(long clientId) => State = State with { Clients = State.Clients.Remove(clientId) };

    /// <summary>As the tables of a real store do: no two records of a handle, and no two holders of an address, not even within a transaction.</summary>
    private void RequireUnique(MacHandle handle)
    {
        if (ListHandlesNamed(handle.Handle, handle.IsCopy ? handle.InstanceId : string.Empty).Any(same => same.HandleId != handle.HandleId && Names.Equals(same.Client, handle.Client)))
        {
            throw new InvalidOperationException($"There would be two records of {handle.Handle}.");
        }

        if (handle.State is HandleState.Held && FindHandleByAddress(handle.MacAddress) is { } holder && holder.HandleId != handle.HandleId)
        {
            throw new InvalidOperationException($"{handle.MacAddress} would be held by {holder.Handle} and {handle.Handle}.");
        }
    }
}
