using System.Collections.Concurrent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.BlockProtocol;

/// <summary>
/// Has the shared store and the provider's own know what the other did. One round: who the provider is, VLANs and blocks, what was given out here, what was
/// given out elsewhere, and another block where few addresses are left. Every step is one transaction on each side and may be repeated: whatever dies between
/// two of them is made up for by the next round.
/// </summary>
internal sealed partial class ProviderSynchronizer(ProviderEngineOptions options, CentralStoreLink root, Action<ProviderEventKind, string> tell)
{
    private const int Page = 500;
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);
    private readonly IMacStore home = options.Home;

    // By number, the revision that the shared store knows and the provider's own store has not noted yet.
    private readonly ConcurrentDictionary<long, long> reported = new();
    private readonly HashSet<int> exhausted = [];

    // What was taken back for want of use is not fetched again at once: only where something was given out since.
    private readonly HashSet<int> inDemand = [];

    private long enteredAt;

    /// <summary>The provider as the shared store has it.</summary>
    public MacProvider? Provider { get; private set; }

    /// <summary>Number of times that what was given out alone did not hold.</summary>
    public long Conflicts { get; private set; }

    /// <summary>One whole round; false if the shared store could not be reached.</summary>
    /// <exception cref="MacSegmentationException">ProviderNotFound, ProviderElsewhere, ProviderHomeForeign: nothing will come of trying again.</exception>
    public bool TryRound()
    {
        if (!TryEnter() || !TryBlocks() || !TryReport() || !TryLearn())
        {
            return false;
        }

        root.Raise();
        return TryFill();
    }

    /// <summary>Takes note that the shared store knows of a handle, for the next round to write down.</summary>
    public void NoteReported(MacHandle handle)
    {
        reported[handle.HandleId] = handle.Revision;
        inDemand.Add(handle.VlanId);
    }

    /// <summary>True if the shared store knows of a handle as it is here, and the next round will write that down.</summary>
    public bool IsNoted(MacHandle handle) => reported.TryGetValue(handle.HandleId, out long revision) && revision == handle.Revision;

    /// <summary>Takes in the shared store's answer to what was given out here.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="told">The handle as the shared store was told of it.</param>
    /// <param name="answer">What it said.</param>
    /// <param name="isAnswered">True if the device may use the address already.</param>
    /// <returns>A sentence about what does not hold; null if all does.</returns>
    public string? Settle(IStoreWriter writer, MacHandle told, Registration answer, bool isAnswered)
    {
        var here = writer.FindHandle(told.Handle, told.IsCopy ? told.InstanceId : string.Empty);
        if (here is null || here.MacAddress != told.MacAddress || here.State != told.State)
        {
            return null;
        }

        if (told.State is not HandleState.Held)
        {
            LocalReplica.EndWait(writer, told);
        }

        switch (answer.Outcome)
        {
            case RegistrationOutcome.Accepted:
                if (answer.IsAsReported(told))
                {
                    writer.MarkHandleReported(told.HandleId, told.Revision);
                }
                else
                {
                    LocalReplica.Record(writer, answer.Record!, here);
                }

                return null;
            case RegistrationOutcome.Known when isAnswered && answer.Record is { State: not HandleState.Held }:
                writer.MarkHandleReported(here.HandleId, here.Revision);
                LocalReplica.Merge(writer, options.Name, answer.Record);
                return null;
            case RegistrationOutcome.Known:
                LocalReplica.LetGo(writer, here, isAnswered);
                string lost = isAnswered && told.State is HandleState.Held
                    ? $"{told.MacAddress} was given to this handle by provider '{options.Name}' while the shared store was out of reach, and does not hold: it has {answer.Record!.MacAddress}."
                    : string.Empty;
                var holds = lost.Length > 0 ? answer.Record! with { Notice = lost } : answer.Record!;
                if (holds.IsCopy == here.IsCopy)
                {
                    LocalReplica.Record(writer, holds, here);
                }
                else
                {
                    // Elsewhere it is a clone of a handle that was not known here.
                    writer.DeleteHandle(here.HandleId);
                    LocalReplica.Merge(writer, options.Name, holds);
                }

                return lost.Length > 0 ? $"Handle '{told.Handle}': {lost}" : null;
            default:
                LocalReplica.LetGo(writer, here, isAnswered);
                writer.UpdateHandle(here with
                {
                    State = HandleState.Revoked,
                    EndedAt = writer.Now,
                    Reason = "its block was taken back while the shared store was out of reach",
                    Provider = string.Empty,
                    IsReported = true,
                });
                return $"Handle '{told.Handle}' loses {told.MacAddress}: its block was taken back while the shared store was out of reach, and the address has another owner.";
        }
    }

    private bool TryEnter()
    {
        // A sign of life now and then is enough, while nothing was lost in between.
        if (root.IsUp && Provider is not null && options.TimeProvider.GetElapsedTime(enteredAt) < SignOfLife)
        {
            return true;
        }

        if (!root.TryReach(Enter, out var entered))
        {
            return false;
        }

        Provider = entered.Provider;
        enteredAt = options.TimeProvider.GetTimestamp();
        home.Write(writer => LocalReplica.Prepare(writer, entered.Provider, entered.CentralStoreId));
        return true;
    }

    /// <summary>That the provider is alive is observed. Only a store of its own or an address that the shared store does not know yet is a change, of which all hear.</summary>
    private (MacProvider Provider, string CentralStoreId) Enter(IMacStore store)
    {
        if (See(store) is { } seen)
        {
            return seen;
        }

        store.Write(writer => ProviderRegister.Enter(writer, options.Name, ReplicaId, options.Uri));
        return See(store) ?? throw new InvalidOperationException($"Provider '{options.Name}' was bound to another store at the same time.");
    }

    private (MacProvider Provider, string CentralStoreId)? See(IMacStore store) => store.Observe(observer =>
        ProviderRegister.See(observer, options.Name, ReplicaId, options.Uri) is { } provider ? (provider, observer.StoreId) : ((MacProvider, string)?)null);

    /// <summary>Tells the shared store what was given out and given up here.</summary>
    private bool TryReport()
    {
        MarkReported();
        while (home.Read(reader => reader.ListUnreportedHandles(Page)) is { Count: > 0 } handles)
        {
            if (!root.TryReach(store => store.Write(writer => Report(writer, handles)), out var answers))
            {
                return false;
            }

            inDemand.UnionWith(handles.Where(handle => handle.State is HandleState.Held).Select(handle => handle.VlanId));
            var troubles = home.Write(writer => handles.Zip(answers!, (handle, answer) => Settle(writer, handle, answer, isAnswered: true)).OfType<string>().ToList());
            foreach (string trouble in troubles)
            {
                Conflicts++;
                tell(ProviderEventKind.Conflict, trouble);
            }
        }

        return true;
    }

    /// <summary>Writes down what the shared store was found to know.</summary>
    private void MarkReported()
    {
        var noted = reported.ToArray();
        if (noted.Length == 0)
        {
            return;
        }

        home.Write(writer =>
        {
            foreach (var (handleId, revision) in noted)
            {
                writer.MarkHandleReported(handleId, revision);
            }

            return 0;
        });
        Array.ForEach(noted, note => reported.TryRemove(note));
    }

    /// <summary>Learns what was given out and given up elsewhere.</summary>
    private bool TryLearn()
    {
        while (true)
        {
            var state = home.Read(reader => reader.FindProviderState())!;
            if (!root.TryReach(store => store.Read(reader => reader.ListHandlesSince(state.CentralStoreRevision, state.LastHandleId, Page)), out var handles))
            {
                return false;
            }

            if (handles!.Count == 0)
            {
                return true;
            }

            home.Write(writer =>
            {
                foreach (var handle in handles)
                {
                    LocalReplica.Merge(writer, options.Name, handle);
                }

                writer.SetProviderState(state with { CentralStoreRevision = handles[^1].Revision, LastHandleId = handles[^1].HandleId });
                return 0;
            });
        }
    }

    private List<Registration> Report(IStoreWriter writer, IReadOnlyList<MacHandle> handles)
    {
        var taken = ProviderRegister.TakeNew(writer, options.Name, handles);
        return
        [
            .. handles.Select(handle => !handle.IsCopy && taken.Contains(handle.Handle)
                ? new Registration(RegistrationOutcome.Accepted, handle)
                : ProviderRegister.Take(writer, options.Name, handle, isAnswered: true)),
        ];
    }

    private string ReplicaId => field ??= home.Read(reader => reader.StoreId);
}
