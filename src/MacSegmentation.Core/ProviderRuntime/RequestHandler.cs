using MacSegmentation.Addressing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Stores;

namespace MacSegmentation.ProviderRuntime;

/// <summary>
/// Decides requests that change something, many in one transaction: first the provider's own store gives an address, then the shared store is told before the
/// device is, if it can be reached. So two sites that are asked for one handle at once answer the same, and nothing of a closed block is given out.
/// </summary>
internal sealed class RequestHandler(ProviderEngineOptions options, CentralStoreLink root, ProviderSynchronizer synchronizer)
{
    private const int MaxTries = 3;
    private const string OutOfReach = ", and the shared store cannot be reached";
    private readonly IMacStore home = options.Home;
    private long decided;
    private long decidedAlone;
    private long undecidable;

    /// <summary>Number of requests that were decided.</summary>
    public long Decided => Interlocked.Read(ref decided);

    /// <summary>Number of those that were decided without the shared store.</summary>
    public long DecidedAlone => Interlocked.Read(ref decidedAlone);

    /// <summary>Number of requests that were refused because they take the shared store.</summary>
    public long Undecidable => Interlocked.Read(ref undecidable);

    /// <summary>Decides requests; each gets its answer.</summary>
    public void Decide(IReadOnlyList<PendingRequest> requests)
    {
        if (!synchronizer.MayGiveOut)
        {
            foreach (var request in requests)
            {
                Refuse(request, "it has had no round with the shared store since it began, so its own store may be an older one", then: string.Empty);
            }

            return;
        }

        var open = requests;
        for (int i = 0; i < MaxTries && open.Count > 0; i++)
        {
            open = TryDecide(open);
        }

        foreach (var request in open)
        {
            Refuse(request, "its addresses are being moved between the stores");
        }
    }

    /// <summary>Gives up an address.</summary>
    public MacHandle Release(DeviceHandle handle, string instanceId, HandleParty party)
    {
        try
        {
            return ReleaseInBoth(handle, instanceId, party);
        }
        catch
        {
            synchronizer.KeepNews();
            throw;
        }
    }

    private MacHandle ReleaseInBoth(DeviceHandle handle, string instanceId, HandleParty party)
    {
        var record = home.Read(reader => HandleRegistry.GetHeld(reader, handle, instanceId, party));
        if (IsOwn(record) || !record.IsReported)
        {
            var given = home.Write(writer => HandleRegistry.Release(writer, handle, instanceId, party));

            // Told before the device is, too: else another site could be asked next, and answer with the address that was given up. The next round tells it
            // again, and writes down that it was heard.
            root.TryWriteIfUp(writer => TakeRelease(writer, given), out _);
            return given;
        }

        if (!root.TryWriteIfUp(writer => HandleRegistry.Release(writer, handle, instanceId, party), out var released))
        {
            Interlocked.Increment(ref undecidable);
            throw Undecided(handle.Text, "its address is not of this provider's blocks");
        }

        home.Write(writer =>
        {
            synchronizer.NoteMark(writer);
            LocalReplica.Merge(writer, options.Name, released!);
            return 0;
        });
        return released!;
    }

    private MacHandle TakeRelease(IStoreWriter writer, MacHandle given)
    {
        var answer = ProviderRegister.Take(writer, options.Name, given, isAnswered: true);

        // It has its address from elsewhere by now, which was not heard of here. Its owner gives it up all the same.
        return answer is { Outcome: RegistrationOutcome.Known, Record.State: HandleState.Held }
            ? HandleRegistry.Release(writer, DeviceHandle.Parse(given.Handle), given.InstanceId, HandleParty.Of(given.Client))
            : given;
    }

    /// <summary>One try; what is left is to be tried again, with other blocks.</summary>
    private List<PendingRequest> TryDecide(IReadOnlyList<PendingRequest> requests)
    {
        Propose(requests);
        var again = FetchForExhausted(requests);
        var asked = requests.Where(request => !again.Contains(request) && NeedsCentralStore(request) && !IsKnownThere(request)).ToList();
        Dictionary<PendingRequest, Registration>? answers = null;
        if (asked.Count > 0 && root.TryWriteIfUp(writer => AskAll(writer, asked), out var outcomes))
        {
            // A refusal in words takes back the proposal like one without.
            answers = outcomes!.ToDictionary(outcome => outcome.Item, outcome => outcome.Error is null ? outcome.Result : new Registration(RegistrationOutcome.Refused, null));
            foreach (var outcome in outcomes!.Where(outcome => outcome.Error is not null))
            {
                outcome.Item.Fail(outcome.Error!);
            }
        }

        if (answers is not null)
        {
            again.AddRange(Settle(answers));
        }
        else if (root.HasLostHistory)
        {
            TakeBackAll(asked, "the shared store went back to an earlier state, and is told first what it has forgotten", then: string.Empty);
        }
        else if (!synchronizer.IsCaughtUp)
        {
            TakeBackAll(asked, "what was given out before it began is not all known here yet", OutOfReach);
        }

        foreach (var request in requests.Where(request => !request.Answer.IsCompleted && !again.Contains(request)))
        {
            Answer(request, answers is not null);
        }

        return again;
    }

    /// <summary>Has the provider's own store give each an address.</summary>
    private void Propose(IReadOnlyList<PendingRequest> requests)
    {
        var outcomes = home.WriteEach(requests, (writer, request) =>
        {
            var known = HandleRegistry.FindSubject(writer, request.Request);
            if (known is { State: HandleState.Held } && HandleRegistry.Find(writer, request.Request) is null && !IsOwn(known))
            {
                throw Undecided(known.Handle, "it has its address from elsewhere");
            }

            // Its former address is kept for it until the shared store has heard that it was given up.
            if (known is { State: not HandleState.Held, IsReported: false } && known.VlanId != request.Request.VlanId)
            {
                throw Undecided(known.Handle, "its address of another VLAN was given up here");
            }

            var proposal = HandleRegistry.Request(writer, request.Request, options.Name);
            var record = HandleRegistry.FindRecord(writer, request.Request)!;
            return (Proposal: proposal, Record: record, Before: known?.HandleId == record.HandleId ? known : null);
        });
        foreach (var outcome in outcomes)
        {
            outcome.Item.Refusal = outcome.Error;
            outcome.Item.Proposal = outcome.Error is null ? outcome.Result.Proposal : null;
            outcome.Item.Record = outcome.Error is null ? outcome.Result.Record : null;
            outcome.Item.Before = outcome.Error is null ? outcome.Result.Before : null;
        }
    }

    /// <summary>Fetches blocks for the VLANs of which nothing is left.</summary>
    /// <returns>The requests that can be tried again.</returns>
    private List<PendingRequest> FetchForExhausted(IReadOnlyList<PendingRequest> requests)
    {
        var again = new List<PendingRequest>();
        foreach (var vlan in requests.Where(request => string.Equals(request.Refusal?.ErrorId, "PoolExhausted", StringComparison.Ordinal)).GroupBy(request => request.Request.VlanId))
        {
            if (synchronizer.TryFetch(vlan.Key))
            {
                again.AddRange(vlan);
            }
        }

        return again;
    }

    private IReadOnlyList<ItemOutcome<PendingRequest, Registration>> AskAll(IStoreWriter writer, List<PendingRequest> requests)
    {
        // What has a quota is counted one by one: here, where what others gave out is known too.
        var taken = ProviderRegister.TakeNew(writer, options.Name, requests.Where(request => request.Request.Party.Quota == 0).Select(request => request.Record).OfType<MacHandle>());
        return writer.ChangeEach(requests, (store, request) =>
        {
            if (request.Record is { } record && taken.Contains(record.HandleId))
            {
                request.Decision = null;
                return new Registration(RegistrationOutcome.Accepted, record);
            }

            return Ask(store, request);
        });
    }

    private Registration Ask(IStoreWriter writer, PendingRequest request)
    {
        request.Decision = null;
        HandleRegistry.RequireAdmissible(writer, request.Request);
        if (request.Record is { } record && ProviderRegister.Take(writer, options.Name, record, isAnswered: false) is { Outcome: not RegistrationOutcome.Known } answer)
        {
            return answer;
        }

        // The shared store has its own to say about the handle: by the same rules, with all that it knows.
        request.Decision = HandleRegistry.Request(writer, request.Request);
        return new(RegistrationOutcome.Known, HandleRegistry.FindRecord(writer, request.Request));
    }

    /// <summary>Takes in what the shared store said, and answers what holds.</summary>
    /// <returns>The requests whose block is not the provider's any more.</returns>
    private List<PendingRequest> Settle(Dictionary<PendingRequest, Registration> answers)
    {
        var changed = answers.Where(answer => !IsAsReported(answer.Key, answer.Value)).ToList();
        if (changed.Count > 0)
        {
            home.Write(writer =>
            {
                synchronizer.NoteMark(writer);
                foreach (var (request, answer) in changed)
                {
                    if (request.Record is { } refused && answer.Outcome is RegistrationOutcome.Refused)
                    {
                        LocalReplica.TakeBack(writer, refused, request.Before);
                    }
                    else if (request.Record is { } record)
                    {
                        synchronizer.Settle(writer, record, answer, isAnswered: false);
                    }
                    else if (answer.Record is { } known)
                    {
                        LocalReplica.Merge(writer, options.Name, known);
                    }
                }

                return 0;
            });
        }

        foreach (var (request, answer) in answers)
        {
            if (IsAsReported(request, answer))
            {
                synchronizer.NoteReported(request.Record!);
            }
            else if (answer.Outcome is RegistrationOutcome.Known)
            {
                Interlocked.Increment(ref decided);
                request.Complete(request.Decision!);
            }
        }

        var refused = answers.Where(answer => answer.Value.Outcome is RegistrationOutcome.Refused && !answer.Key.Answer.IsCompleted).Select(answer => answer.Key).ToList();
        if (refused.Count == 0 || synchronizer.TryBlocks())
        {
            return refused;
        }

        // What was proposed does not hold, and without the shared store nothing says what would.
        refused.ForEach(request => Refuse(request, "its block was taken back"));
        return [];
    }

    /// <summary>Takes back what was proposed, where only the shared store knows whether it can hold.</summary>
    private void TakeBackAll(List<PendingRequest> asked, string why, string then)
    {
        home.Write(writer =>
        {
            foreach (var request in asked.Where(request => request.Record is not null))
            {
                LocalReplica.TakeBack(writer, request.Record!, request.Before);
            }

            return 0;
        });
        asked.ForEach(request => Refuse(request, why, then));
    }

    private void Answer(PendingRequest request, bool withCentralStore)
    {
        if (request.Record is { IsReported: false, Provider.Length: 0 })
        {
            Refuse(request, "its block was taken back");
        }
        else if (request.Proposal is { } proposal)
        {
            Interlocked.Increment(ref decided);
            if (!withCentralStore)
            {
                Interlocked.Increment(ref decidedAlone);
            }

            request.Complete(proposal);
        }
        else if (NeedsCentralStore(request))
        {
            Refuse(request, request.Refusal!.ErrorId switch
            {
                "PoolExhausted" => $"it has no free address of VLAN {request.Request.VlanId} in its blocks",
                "HandleUndecidable" => "the handle has its address from elsewhere",
                _ => "the requested address is not of its blocks",
            });
        }
        else
        {
            request.Fail(request.Refusal!);
        }
    }

    private void Refuse(PendingRequest request, string why, string then = OutOfReach)
    {
        Interlocked.Increment(ref undecidable);
        request.Fail(Undecided(request.Request.Handle.Text, why, then));
    }

    /// <summary>True if the shared store has a say: it is to be told of what was given, or could give what is not here.</summary>
    private static bool NeedsCentralStore(PendingRequest request) => request.Refusal is null
        ? request.Record is { IsReported: false }
        : request.Refusal.ErrorId is "PoolExhausted" or "AddressOutside" or "AddressDelegated" or "HandleUndecidable";

    private static bool IsAsReported(PendingRequest request, Registration answer) => request.Record is { } record && answer.IsAsReported(record);

    private bool IsKnownThere(PendingRequest request) => request.Record is { } record && synchronizer.IsNoted(record);

    private bool IsOwn(MacHandle record) => string.Equals(record.Provider, options.Name, StringComparison.OrdinalIgnoreCase);

    private MacSegmentationException Undecided(string handle, string why, string then = OutOfReach) => new(
        "HandleUndecidable",
        MacErrorKind.Unavailable,
        $"Provider '{options.Name}' cannot decide alone about the handle '{handle}': {why}{then}. Ask again later.",
        handle);
}
