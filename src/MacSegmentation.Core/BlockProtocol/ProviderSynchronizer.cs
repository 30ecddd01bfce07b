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
    private const int LearningPage = 2000;
    private static readonly TimeSpan LearningTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);
    private readonly IMacStore home = options.Home;

    // By number, the revision that the shared store knows and the provider's own store has not noted yet.
    private readonly ConcurrentDictionary<long, long> reported = new();
    private readonly HashSet<int> exhausted = [];

    // What was taken back for want of use is not fetched again at once: only where something was given out since.
    private readonly HashSet<int> inDemand = [];

    private long enteredAt;
    private bool hasStarted;
    private bool isSuperseded;

    /// <summary>The provider as the shared store has it.</summary>
    public MacProvider? Provider { get; private set; }

    /// <summary>Number of times that what was given out alone did not hold.</summary>
    public long Conflicts { get; private set; }

    /// <summary>
    /// True if addresses may be given out: a round has been since the process began, so this is not an older store or a copy whose addresses others have by now, no other process entered in its place,
    /// and the shared store's history is the one that is known here. What is known is answered all the same.
    /// </summary>
    public bool MayGiveOut { get; private set; }

    /// <summary>
    /// True once what others did before this process began is known here. Until then a handle that is not known may have an address: only the shared store can say that it has none.
    /// </summary>
    public bool IsCaughtUp { get; private set; }

    /// <summary>One whole round; false if the shared store could not be reached.</summary>
    /// <exception cref="MacSegmentationException">ProviderNotFound, ProviderElsewhere, ReplicaSuperseded, ProviderHomeForeign: nothing will come of trying again.</exception>
    public bool TryRound()
    {
        try
        {
            return TryWholeRound();
        }
        catch
        {
            KeepNews();
            throw;
        }
    }

    /// <summary>Says that what the shared store answered may not be written down here: the next round brings both in step.</summary>
    public void KeepNews() => root.KeepNews();

    private bool TryWholeRound()
    {
        if (!hasStarted)
        {
            root.StartFrom(home.Read(reader => reader.FindProviderState())?.Mark);
            hasStarted = true;
        }

        if (root.HasLostHistory)
        {
            StartOver();
        }

        if (TryStep())
        {
            return true;
        }

        if (!root.HasLostHistory)
        {
            return false;
        }

        StartOver();
        return TryStep();
    }

    private bool TryStep()
    {
        if (isSuperseded)
        {
            throw Superseded();
        }

        if (!TryEnter())
        {
            return false;
        }

        // Most rounds come because this provider changed the shared store itself, which has nothing to tell then.
        bool isSettled = MayGiveOut && IsCaughtUp && root.IsUp && root.TryRead(_ => 0, out _) && !root.HasNews;
        if (!isSettled && (!TryTellAgain() || !TryBlocks(isRound: true)))
        {
            return false;
        }

        if (!TryReport() || (!isSettled && !TryLearn()))
        {
            return false;
        }

        MayGiveOut = true;
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
    public string? Settle(IStoreWriter writer, MacHandle told, Registration answer, bool isAnswered) => IsAsTold(writer, told) ? SettleAsTold(writer, told, answer, isAnswered) : null;

    /// <summary>Takes in all that was told at once. Whether something changed meanwhile is seen before: what one of them gets may be what another loses, who is to be told.</summary>
    private List<string> SettleAll(IStoreWriter writer, IReadOnlyList<MacHandle> told, List<Registration> answers)
    {
        var asTold = told.Zip(answers).Where(one => IsAsTold(writer, one.First)).ToList();
        return [.. asTold.Select(one => SettleAsTold(writer, one.First, one.Second, isAnswered: true)).OfType<string>()];
    }

    private static bool IsAsTold(IStoreWriter writer, MacHandle told) => Find(writer, told) is { } here && here.MacAddress == told.MacAddress && here.State == told.State;

    private static MacHandle? Find(IStoreWriter writer, MacHandle told) => HandleRegistry.FindExactly(writer, told);

    private string? SettleAsTold(IStoreWriter writer, MacHandle told, Registration answer, bool isAnswered)
    {
        var here = Find(writer, told)!;

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
                    ? $"{told.MacAddress} was given to this handle by provider '{options.Name}' while the shared store did not know, and does not hold: it has {answer.Record!.MacAddress}."
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
                    Reason = "its block was taken back, and the shared store did not know of it",
                    Provider = string.Empty,
                    IsReported = true,
                });
                return $"Handle '{told.Handle}' loses {told.MacAddress}: its block was taken back, the shared store did not know of it, and the address has another owner.";
        }
    }

    /// <summary>Tells the shared store what was given out and given up here.</summary>
    private bool TryReport(bool isToldAgain = false)
    {
        MarkReported();
        while (home.Read(reader => reader.ListUnreportedHandles(Page)) is { Count: > 0 } handles)
        {
            if (!root.TryWrite(writer => Report(writer, handles, isToldAgain), out var answers))
            {
                return false;
            }

            inDemand.UnionWith(handles.Where(handle => handle.State is HandleState.Held).Select(handle => handle.VlanId));
            var troubles = home.Write(writer =>
            {
                NoteMark(writer);
                return SettleAll(writer, handles, answers!);
            });
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
            NoteMark(writer);
            foreach (var (handleId, revision) in noted)
            {
                writer.MarkHandleReported(handleId, revision);
            }

            return 0;
        });
        Array.ForEach(noted, note => reported.TryRemove(note));
    }

    /// <summary>
    /// Learns what was given out and given up elsewhere. Much is learned in several rounds, so that requests are decided in between; where it stands is in the own store.
    /// </summary>
    private bool TryLearn()
    {
        long begun = options.TimeProvider.GetTimestamp();
        do
        {
            var state = home.Read(reader => reader.FindProviderState())!;
            if (!root.TryRead(reader => reader.ListHandlesSince(state.CentralStoreRevision, state.LastHandleId, LearningPage), out var handles))
            {
                return false;
            }

            if (handles!.Count == 0)
            {
                IsCaughtUp = true;
                return true;
            }

            home.Write(writer =>
            {
                LocalReplica.MergeAll(writer, options.Name, handles);
                NoteMark(writer, known => known with { CentralStoreRevision = handles[^1].Revision, LastHandleId = handles[^1].HandleId });
                return 0;
            });
        }
        while (options.TimeProvider.GetElapsedTime(begun) < LearningTime);

        root.KeepNews();
        return true;
    }

    private List<Registration> Report(IStoreWriter writer, IReadOnlyList<MacHandle> handles, bool isToldAgain)
    {
        var taken = ProviderRegister.TakeNew(writer, options.Name, handles);
        return
        [
            .. handles.Select(handle => taken.Contains(handle.HandleId)
                ? new Registration(RegistrationOutcome.Accepted, handle)
                : ProviderRegister.Take(writer, options.Name, handle, isAnswered: true, isToldAgain)),
        ];
    }
}
