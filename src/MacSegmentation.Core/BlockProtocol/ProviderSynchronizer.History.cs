using MacSegmentation.Handles;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.BlockProtocol;

/// <content>The shared store's history: how far it is known here, and what is told again where the store went back.</content>
internal sealed partial class ProviderSynchronizer
{
    /// <summary>
    /// The shared store went back to an earlier state. What was reported and learned here may be unknown there, so all of it counts as not reported, before anything is adopted or granted.
    /// </summary>
    private void StartOver()
    {
        MayGiveOut = false;
        IsCaughtUp = false;
        Provider = null;
        if (home.Read(reader => reader.FindProviderState()) is { } of && root.TryReach(store => store.Read(reader => reader.StoreId), out string? rootId))
        {
            LocalReplica.Require(of, options.Name, rootId!);
        }

        reported.Clear();
        exhausted.Clear();
        root.StartFrom(mark: null);
        bool isKnown = home.Write(writer =>
        {
            if (writer.FindProviderState() is not { } state)
            {
                return false;
            }

            writer.MarkHandlesUnreported(options.Name);
            writer.SetProviderState((state with { CentralStoreRevision = 0, LastHandleId = 0, IsTellingAgain = true }).At(null));
            return true;
        });
        if (isKnown)
        {
            tell(
                ProviderEventKind.RootWentBack,
                "The shared store went back to an earlier state, as one does that was restored, or a standby that was behind. It is told again of every handle that is known here; until then nothing is given out.");
        }
    }

    /// <summary>Tells a shared store that went back of all that is known here: what was given out here, and what was heard of others, who may be away.</summary>
    private bool TryTellAgain()
    {
        if (home.Read(reader => reader.FindProviderState()) is not { IsTellingAgain: true })
        {
            return true;
        }

        MacHandle? last = null;
        while (home.Read(reader => reader.ListHandlesAfter(last, Page)) is { Count: > 0 } handles)
        {
            var others = handles.Where(handle => handle.IsReported && !string.Equals(handle.Provider, options.Name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (others.Count > 0)
            {
                if (!root.TryWrite(writer => others.Where(handle => !ProviderRegister.TakeWitnessed(writer, handle)).ToList(), out var refused))
                {
                    return false;
                }

                Forget(refused!);
            }

            last = handles[^1];
        }

        if (!TryReport(isToldAgain: true))
        {
            return false;
        }

        Note(state => state with { IsTellingAgain = false });
        return true;
    }

    /// <summary>Forgets what was heard of others and does not hold.</summary>
    private void Forget(List<MacHandle> refused)
    {
        if (refused.Count == 0)
        {
            return;
        }

        home.Write(writer =>
        {
            NoteMark(writer);
            refused.ForEach(handle => LocalReplica.Forget(writer, handle));
            return 0;
        });
        foreach (var handle in refused.Where(handle => handle.State is HandleState.Held))
        {
            Conflicts++;
            tell(ProviderEventKind.Conflict, $"Handle '{handle.Handle}' loses {handle.MacAddress}: the shared store went back to an earlier state, and has given the handle another address since, or the address another handle.");
        }
    }

    /// <summary>Notes in the own store how far it knows the shared one's history, with what comes of that.</summary>
    private void Note(Func<ProviderState, ProviderState>? change = null) => home.Write(writer =>
    {
        NoteMark(writer, change);
        return 0;
    });

    /// <summary>As above, in a transaction that writes down what the shared store answered: what counts as heard there is in the history that is noted.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="change">What else changes.</param>
    public void NoteMark(IStoreWriter writer, Func<ProviderState, ProviderState>? change = null)
    {
        if (writer.FindProviderState() is { } state)
        {
            var noted = (change is null ? state : change(state)).At(root.Mark);
            if (noted != state)
            {
                writer.SetProviderState(noted);
            }
        }
    }
}
