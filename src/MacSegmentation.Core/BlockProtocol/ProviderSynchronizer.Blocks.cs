using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.BlockProtocol;

/// <content>The provider's blocks: what it fetches, adopts, returns and drops.</content>
internal sealed partial class ProviderSynchronizer
{
    /// <summary>Fetches a block of a VLAN.</summary>
    /// <returns>True if addresses came of it.</returns>
    public bool TryFetch(int vlanId)
    {
        long wanted = Provider?.BlockSize ?? new MacProvider { Name = options.Name }.BlockSize;
        if (!root.TryWriteIfUp(writer => Grant(writer, vlanId, wanted), out var granted) || granted is null)
        {
            return false;
        }

        if (granted.Count == 0)
        {
            if (exhausted.Add(vlanId))
            {
                tell(ProviderEventKind.Exhausted, $"VLAN {vlanId} has no address left that could be delegated to provider '{options.Name}'.");
            }

            return false;
        }

        exhausted.Remove(vlanId);
        if (home.Read(reader => reader.ListBlocks(vlanId)).Any(known => granted.Any(block => block.Range.Overlaps(known.Range))) && !TryBlocks())
        {
            // It was a block of this provider before, and was closed: that has to be heard first.
            return false;
        }

        home.Write(writer =>
        {
            NoteMark(writer);
            return granted.Count(block => LocalReplica.Adopt(writer, block));
        });
        foreach (var block in granted)
        {
            tell(ProviderEventKind.BlockFetched, $"Block {block.BlockId} of VLAN {vlanId}: {block.Range}, {block.Size} addresses.");
        }

        return true;
    }

    /// <summary>Brings the blocks to what the shared store says of them.</summary>
    public bool TryBlocks() => TryBlocks(isRound: false);

    private bool TryBlocks(bool isRound)
    {
        if (!root.TryRead(
            reader => (
                Provider: reader.FindProvider(options.Name),
                Vlans: reader.ListVlans(),
                Blocks: reader.ListBlocks(provider: options.Name),
                Clients: reader.ListProviderClients()),
            out var there))
        {
            return false;
        }

        if (isRound)
        {
            // The rest of the round learns the rest.
            root.ForgetNews();
        }

        // One that is gone, or another's, is told so when it enters the next time.
        Provider = string.Equals(there.Provider?.ReplicaId, ReplicaId, StringComparison.Ordinal) ? there.Provider : null;
        if (Provider is not null)
        {
            RequireGeneration(Provider);
        }

        var known = there.Blocks.ToDictionary(block => block.BlockId);

        // What changes from here on is told again: only what the shared store has not heard may be.
        MarkReported();
        var dropped = home.Write(writer =>
        {
            NoteMark(writer);
            LocalReplica.MirrorVlans(writer, there.Vlans);
            LocalReplica.MirrorClients(writer, there.Clients);
            var gone = writer.ListBlocks().Where(block => !known.TryGetValue(block.BlockId, out var now) || now.State is BlockState.Closed || now.Epoch != block.Epoch || !IsSame(now, block)).ToList();
            gone.ForEach(block => LocalReplica.Drop(writer, block));
            foreach (var block in there.Blocks.Where(block => block.State is BlockState.Active))
            {
                LocalReplica.Adopt(writer, block);
            }

            return gone;
        });
        foreach (var block in dropped.Where(block => block.State is BlockState.Active || known.ContainsKey(block.BlockId)))
        {
            tell(ProviderEventKind.BlockClosed, $"Block {block.BlockId} of VLAN {block.VlanId} ({block.Range}) was closed: nothing of it is given out here any more.");
        }

        // The sign has been seen: it need not stand any longer.
        var closed = there.Blocks.Where(block => block.State is BlockState.Closed).ToList();
        return (closed.Count == 0 || root.TryWrite(writer => Forget(writer, closed), out _))
            && there.Blocks.Where(block => block.State is BlockState.Recalled).All(TryReturn);
    }

    /// <summary>Fetches a block for each VLAN of which few addresses are left.</summary>
    private bool TryFill()
    {
        int lowWater = Provider?.LowWater ?? 0;
        var low = home.Read(reader => reader.ListBlocks()
            .Where(block => block.State is BlockState.Active && inDemand.Contains(block.VlanId))
            .GroupBy(block => block.VlanId)
            .Where(blocks => reader.FindVlan(blocks.Key) is { } vlan && PoolMeter.CountFree(reader, vlan) * 100 < blocks.Sum(block => block.Size) * lowWater)
            .Select(blocks => blocks.Key)
            .ToList());
        inDemand.Clear();
        foreach (int vlanId in low)
        {
            TryFetch(vlanId);
        }

        return root.IsUp;
    }

    private bool TryReturn(MacBlock block)
    {
        inDemand.Remove(block.VlanId);
        var kept = home.Write(writer => LocalReplica.Return(writer, block));
        if (!root.TryWrite(writer => BlockCatalog.TakeReturn(writer, block, kept), out var left))
        {
            return false;
        }

        if (left is not null)
        {
            home.Write(writer =>
            {
                NoteMark(writer);
                writer.DeleteBlock(block.BlockId);
                return left.Count(other => LocalReplica.Adopt(writer, other));
            });
            tell(ProviderEventKind.BlockReturned, $"Block {block.BlockId} of VLAN {block.VlanId}: {block.Size - left.Sum(other => other.Size)} of {block.Size} addresses went back.");
        }

        return true;
    }

    /// <summary>False if a number is another block's: the shared store went back to before it had granted that, and gave the number out again.</summary>
    private static bool IsSame(MacBlock now, MacBlock known) => now.Range == known.Range && now.VlanId == known.VlanId && now.GrantedAt == known.GrantedAt;

    private List<MacBlock> Grant(IStoreWriter writer, int vlanId, long wanted)
    {
        long available = writer.FindVlan(vlanId) is null ? 0 : writer.ListFree(vlanId).Sum(interval => interval.Count);
        return available == 0 ? [] : [.. BlockCatalog.Grant(writer, options.Name, vlanId, Math.Min(wanted, available))];
    }

    private static int Forget(IStoreWriter writer, List<MacBlock> closed)
    {
        foreach (var block in closed)
        {
            writer.DeleteBlock(block.BlockId);
        }

        return closed.Count;
    }
}
