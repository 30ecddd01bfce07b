using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;

namespace MacSegmentation.ProviderRuntime;

/// <content>Consecutive addresses, out of the provider's blocks.</content>
public sealed partial class ProviderEngine
{
    private const int MaxRunTries = 3;

    /// <inheritdoc/>
    public async Task<MacRange> OfferRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        for (bool hasFetched = false; ; hasFetched = true)
        {
            try
            {
                return options.Home.Read(reader => HandleRun.Offer(reader, request));
            }
            catch (MacSegmentationException error) when (IsExhausted(error))
            {
                if (hasFetched || !await FetchAsync(request.VlanId, cancellationToken))
                {
                    throw root.IsUp ? error : Alone(request);
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MacAssignment>> RequestRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        HandleRun.Validate(request);
        bool hasFetched = false;
        for (int i = 1; ; i++)
        {
            if (options.Home.Read(reader => HandleRun.ListHeld(reader, request.Handle, request.VlanId, request.Party)) is { Count: > 0 } held)
            {
                // What is being decided is waited for, like any request.
                return await AskEachAsync([.. held.Select((record, place) => new HandleRequest { Handle = HandleRun.Member(request.Handle, place), VlanId = record.VlanId, Party = request.Party })], cancellationToken);
            }

            foreach (var left in options.Home.Read(reader => HandleRun.ListLeft(reader, request.Handle, request.Party)))
            {
                await ReleaseAsync(DeviceHandle.Parse(left.Handle), string.Empty, request.Party, cancellationToken);
            }

            var plan = TryPlan(request, out var exhausted);
            if (plan.Count == 0 && !hasFetched)
            {
                hasFetched = true;
                if (await FetchAsync(request.VlanId, cancellationToken))
                {
                    continue;
                }
            }

            if (plan.Count == 0)
            {
                throw root.IsUp ? exhausted! : Alone(request);
            }

            try
            {
                return await AskEachAsync(plan, cancellationToken);
            }
            catch (MacSegmentationException error) when (i < MaxRunTries && error.ErrorId is "AddressTaken" or "AddressOutside" or "AddressNotInPool" or "AddressResting" or "AddressDelegated")
            {
                // Somebody else was given an address of the run meanwhile: another run is planned.
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MacHandle>> ReleaseRunAsync(DeviceHandle handle, HandleParty party, CancellationToken cancellationToken)
    {
        var held = options.Home.Read(reader => HandleRun.ListLeft(reader, handle, party));
        if (held.Count == 0)
        {
            return [await ReleaseAsync(handle, string.Empty, party, cancellationToken)];
        }

        var released = new List<MacHandle>();
        foreach (var record in held)
        {
            released.Add(await ReleaseAsync(DeviceHandle.Parse(record.Handle), string.Empty, party, cancellationToken));
        }

        return released;
    }

    private IReadOnlyList<HandleRequest> TryPlan(RunRequest request, out MacSegmentationException? exhausted)
    {
        try
        {
            exhausted = null;
            return options.Home.Read(reader => HandleRun.Plan(reader, request));
        }
        catch (MacSegmentationException error) when (IsExhausted(error))
        {
            exhausted = error;
            return [];
        }
    }

    private static bool IsExhausted(MacSegmentationException error) => error.ErrorId is "PoolExhausted" or "VlanNotFound";

    private MacSegmentationException Alone(RunRequest request) => new(
        "HandleUndecidable",
        MacErrorKind.Unavailable,
        $"Provider '{options.Name}' cannot decide alone about the handle '{request.Handle}': it has no free address of VLAN {request.VlanId} in its blocks, and the shared store cannot be reached. Ask again later.",
        request.Handle.Text);

    /// <summary>Fetches a block of a VLAN of which nothing is left. Where only other quadrants are left another block is not fetched: each question would fetch one.</summary>
    private Task<bool> FetchAsync(int vlanId, CancellationToken cancellationToken) => QueueAsync(
        () => options.Home.Read(reader => reader.FindLowestFree(vlanId)) is null && synchronizer.TryFetch(vlanId), cancellationToken);

    /// <summary>
    /// Asks for all at once, so that they are decided together; what the shared store decided otherwise than planned, so that it does not follow the one before, is given up again.
    /// </summary>
    private async Task<IReadOnlyList<MacAssignment>> AskEachAsync(IReadOnlyList<HandleRequest> members, CancellationToken cancellationToken)
    {
        var asked = members.Select(member => RequestAsync(member, cancellationToken)).ToList();
        try
        {
            await Task.WhenAll(asked);
        }
        catch (MacSegmentationException) when (asked.Exists(answer => answer.IsCompletedSuccessfully))
        {
            // Decided together, refused in part: none is kept.
            await GiveUpAsync(members[0].Party, asked.Where(answer => answer.IsCompletedSuccessfully).Select(answer => answer.Result).Where(IsNew), cancellationToken);
            throw;
        }

        var given = asked.ConvertAll(answer => answer.Result);
        int count = 1;
        while (count < given.Count && given[count].MacAddress.Value == given[count - 1].MacAddress.Value + 1)
        {
            count++;
        }

        await GiveUpAsync(members[0].Party, given.Skip(count).Where(IsNew), cancellationToken);
        return given.GetRange(0, count);
    }

    private async Task GiveUpAsync(HandleParty party, IEnumerable<MacAssignment> assignments, CancellationToken cancellationToken)
    {
        foreach (var assignment in assignments)
        {
            await ReleaseAsync(DeviceHandle.Parse(assignment.Handle), string.Empty, party, cancellationToken);
        }
    }

    private static bool IsNew(MacAssignment assignment) => assignment.Outcome is not AssignmentOutcome.Existing;
}
