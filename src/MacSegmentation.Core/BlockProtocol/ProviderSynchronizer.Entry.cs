using MacSegmentation.Errors;
using MacSegmentation.Providers;

namespace MacSegmentation.BlockProtocol;

/// <content>How a process enters as the provider: signs of life, and the generation that tells it from one that answers from a copy.</content>
internal sealed partial class ProviderSynchronizer
{
    private bool TryEnter()
    {
        // A sign of life now and then is enough, while nothing was lost in between.
        if (root.IsUp && MayGiveOut && Provider is not null && options.TimeProvider.GetElapsedTime(enteredAt) < SignOfLife)
        {
            return true;
        }

        if (!root.TryObserve(observer => ProviderRegister.See(observer, options.Name, ReplicaId, options.Uri), out var seen))
        {
            return false;
        }

        if (MayGiveOut && seen is not null)
        {
            RequireGeneration(seen);
            Provider = seen;
            enteredAt = options.TimeProvider.GetTimestamp();
            return true;
        }

        return TryEnterAnew();
    }

    /// <summary>
    /// Enters, as each process does when it begins: both sides note what was drawn for this entry. Noted here first, so that whichever step dies, the next entry is known to be of the same store.
    /// </summary>
    private bool TryEnterAnew()
    {
        string next = Guid.NewGuid().ToString("N");
        var state = home.Write(writer => LocalReplica.NoteDrawn(writer, next));
        if (!root.TryWrite(
            writer => (Entered: ProviderRegister.Enter(writer, options.Name, ReplicaId, options.Uri, state, next), writer.StoreId),
            out var answer))
        {
            return false;
        }

        (Provider, bool isBehind) = answer.Entered;
        enteredAt = options.TimeProvider.GetTimestamp();
        home.Write(writer =>
        {
            var known = LocalReplica.Prepare(writer, Provider, answer.StoreId);
            writer.SetProviderState((isBehind ? known with { CentralStoreRevision = 0, LastHandleId = 0 } : known) with { Generation = next, DrawnGenerations = string.Empty });
            return 0;
        });
        if (isBehind)
        {
            tell(
                ProviderEventKind.ReplicaCopied,
                $"The store of provider '{options.Name}' is older than what it last answered from, or a copy of it. What was given out since is learned from the shared store; a process that answers from the other one gives out nothing from now on.");
        }

        return true;
    }

    /// <summary>Refuses to go on if another process entered since.</summary>
    private void RequireGeneration(MacProvider seen)
    {
        string own = home.Read(reader => reader.FindProviderState())?.Generation ?? string.Empty;
        if (string.Equals(seen.Generation, own, StringComparison.Ordinal))
        {
            return;
        }

        isSuperseded = true;
        MayGiveOut = false;
        Provider = null;
        throw Superseded();
    }

    /// <summary>What was given out here is told all the same.</summary>
    private MacSegmentationException Superseded()
    {
        TryReport();
        return new(
            "ReplicaSuperseded",
            MacErrorKind.InUse,
            $"Another process answers as provider '{options.Name}' from a copy of this store. Known handles are answered here, and nothing is given out. Stop one of the two for good; to go on with this store, start it again.",
            options.Name);
    }

    private string ReplicaId => field ??= home.Read(reader => reader.StoreId);
}
