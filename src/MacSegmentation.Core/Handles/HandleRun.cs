using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

/// <summary>
/// The rules by which a device gets several consecutive addresses: each has a handle of its own, made of the device's and its place, and they are given, renewed and given up together.
/// </summary>
/// <remarks>
/// In this order: (1) what it holds, whatever number it asks for now; (2) the run that it had, if all that is asked for of it is free; (3) from the address that it asks for on; (4) the lowest
/// run of never-used addresses, in the best quadrant that has one; (5) the longest shorter one; (6) one address that another had before.
/// </remarks>
public static class HandleRun
{
    /// <summary>The most addresses in one run.</summary>
    public const int MaxCount = 256;

    /// <summary>The handle of a place in a run.</summary>
    /// <param name="handle">The run's handle.</param>
    /// <param name="place">The place, from 0.</param>
    /// <exception cref="MacSegmentationException">InvalidHandle: it became too long.</exception>
    public static DeviceHandle Member(DeviceHandle handle, int place) => place == 0 ? handle : DeviceHandle.Parse($"{handle.Text}/{place}");

    /// <summary>What a handle would be given now: the addresses that it holds, or those that are planned for it.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What the device asks for.</param>
    /// <exception cref="MacSegmentationException">VlanNotFound, HandleInOtherVlan, PoolExhausted.</exception>
    public static MacRange Offer(IHandleReader store, RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        Validate(request);
        if (ListHeld(store, request.Handle, request.VlanId, request.Party) is { Count: > 0 } held)
        {
            return new MacRange(held[0].MacAddress, held[^1].MacAddress);
        }

        var plan = Plan(store, request);
        return plan is [{ RequestedAddress: { } first }, ..]
            ? new MacRange(first, plan[^1].RequestedAddress!.Value)
            : throw new InvalidOperationException($"The plan for '{request.Handle}' has no address.");
    }

    /// <summary>Gives a device its consecutive addresses.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="request">What the device asks for.</param>
    /// <returns>The addresses, ascending; at least one.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidRunLength, VlanNotFound, HandleInOtherVlan, HandleOfAnother, QuotaExceeded, PoolExhausted; AllocationInUse: part of the run is gone, and an interface record has another part.
    /// </exception>
    public static IReadOnlyList<MacAssignment> Request(IHandleWriter store, RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        Validate(request);
        if (ListHeld(store, request.Handle, request.VlanId, request.Party) is { Count: > 0 } held)
        {
            // One of nobody becomes the party's own.
            return [.. held.Select((record, place) => request.Party.Has(record) ? MacAssignment.Of(record, AssignmentOutcome.Existing) : HandleRegistry.Request(store, MemberRequest(request, place)))];
        }

        // All that can be refused is refused before anything is written.
        var left = ListLeft(store, request.Handle, request.Party);
        RequireUnused(store, left);
        var plan = Plan(store, request);
        foreach (var record in left)
        {
            HandleRegistry.Release(store, DeviceHandle.Parse(record.Handle), party: request.Party);
        }

        return [.. plan.Select(member => HandleRegistry.Request(store, member))];
    }

    /// <summary>Gives up all addresses of a run, on its owner's word.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="handle">The run's handle.</param>
    /// <param name="party">Who gives them up; null for an administrator.</param>
    /// <returns>The records as they are now, by address; at least one.</returns>
    /// <exception cref="MacSegmentationException">HandleNotFound, HandleNotHeld, AllocationInUse.</exception>
    public static IReadOnlyList<MacHandle> Release(IHandleWriter store, DeviceHandle handle, HandleParty? party = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var records = ListLeft(store, handle, party ?? HandleParty.Administrator);
        if (records.Count == 0)
        {
            HandleRegistry.GetHeld(store, handle, party: party);
        }

        RequireUnused(store, records);
        return [.. records.Select(record => HandleRegistry.Release(store, DeviceHandle.Parse(record.Handle), party: party))];
    }

    /// <summary>What a run holds in a VLAN: its addresses from the first on, as far as they follow each other.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="handle">The run's handle.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="party">Who asks; null for an administrator.</param>
    public static IReadOnlyList<MacHandle> ListHeld(IHandleReader store, DeviceHandle handle, int vlanId, HandleParty? party = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var held = new List<MacHandle>();
        var request = new RunRequest { Handle = handle, VlanId = vlanId, Party = party ?? HandleParty.Administrator };
        while (held.Count < MaxCount
            && HandleRegistry.FindSubject(store, MemberRequest(request, held.Count)) is { State: HandleState.Held } record
            && record.VlanId == vlanId
            && (held.Count == 0 || record.MacAddress.Value == held[^1].MacAddress.Value + 1))
        {
            held.Add(record);
        }

        return held;
    }

    /// <summary>All that a run holds, also where a part of it was taken away.</summary>
    internal static List<MacHandle> ListLeft(IHandleReader store, DeviceHandle handle, HandleParty party)
    {
        var left = new List<MacHandle>();
        for (int i = 0; i < MaxCount && party.Pick(store.ListHandlesNamed(Member(handle, i).Text)) is { } record; i++)
        {
            if (record.State is HandleState.Held)
            {
                left.Add(record);
            }
        }

        return left;
    }

    /// <summary>The requests, one for each place, by which a device without addresses gets them.</summary>
    internal static IReadOnlyList<HandleRequest> Plan(IHandleReader store, RunRequest request)
    {
        var vlan = VlanCatalog.Get(store, request.VlanId);
        var before = HandleRegistry.FindSubject(store, MemberRequest(request, 0));
        if (before is { State: HandleState.Held })
        {
            throw HandleRegistry.InOtherVlan(before, request.VlanId);
        }

        List<IReadOnlyList<MacRange>> spaces = request.Quadrants.Count == 0 ? [vlan.Ranges] : [.. request.Quadrants.Distinct().Select(quadrant => RangesOf(vlan, quadrant))];
        var run = FindFormer(store, vlan, request, spaces)
            ?? FindWanted(store, vlan, request, spaces)
            ?? FindLongest(store, vlan, request.Count, spaces)
            ?? FindUsed(store, vlan, spaces)
            ?? throw AddressPool.ExhaustedFor(store, vlan, request.Quadrants);
        var members = Enumerable.Range(0, (int)run.Count)
            .Select(place => MemberRequest(request, place) with { RequestedAddress = new MacAddress(run.First.Value + (ulong)place), IsExact = true })
            .ToList();
        members.ForEach(member => HandleRegistry.RequireAdmissible(store, member, members.Count));
        return members;
    }

    /// <summary>Checks what can be checked without a store.</summary>
    /// <exception cref="MacSegmentationException">InvalidRunLength, InvalidHandle, PlaceholderHandle.</exception>
    internal static void Validate(RunRequest request)
    {
        if (request.Count is < 1 or > MaxCount)
        {
            throw new MacSegmentationException(
                "InvalidRunLength", MacErrorKind.InvalidArgument, $"{request.Count} addresses cannot be asked for at once. Ask for 1 to {MaxCount}.", request.Count);
        }

        HandleRegistry.Validate(new HandleRequest { Handle = Member(request.Handle, request.Count - 1), VlanId = request.VlanId });
    }

    private static HandleRequest MemberRequest(RunRequest request, int place) => new() { Handle = Member(request.Handle, place), VlanId = request.VlanId, Party = request.Party };

    private static void RequireUnused(IHandleReader store, List<MacHandle> records)
    {
        foreach (var record in records)
        {
            AddressPool.RequireNoInterfaceOf(store, record.VlanId, record.MacAddress);
        }
    }

    private static List<MacRange> RangesOf(MacVlan vlan, SlapQuadrant quadrant) =>
    [
        .. vlan.Ranges.SelectMany(range => quadrant.Ranges().Where(range.Overlaps).Select(part => new MacRange(
            part.First > range.First ? part.First : range.First, part.Last < range.Last ? part.Last : range.Last))),
    ];

    /// <summary>The first part of the run that the handle had, if it can have it back.</summary>
    private static MacRange? FindFormer(IHandleReader store, MacVlan vlan, RunRequest request, List<IReadOnlyList<MacRange>> spaces)
    {
        MacAddress? first = null;
        for (int place = 0; place < request.Count; place++)
        {
            if (HandleRegistry.FindSubject(store, MemberRequest(request, place)) is not { } record
                || record.VlanId != vlan.VlanId
                || (first is { } start && record.MacAddress.Value != start.Value + (ulong)place)
                || !spaces.Exists(space => space.Any(range => range.Contains(record.MacAddress)))
                || !(record.State is HandleState.Held ? place > 0 : HandleRegistry.IsFreeFor(store, vlan, record.MacAddress, record.EndedAt)))
            {
                return null;
            }

            first ??= record.MacAddress;
        }

        return new MacRange(first!.Value, new MacAddress(first.Value.Value + (ulong)request.Count - 1));
    }

    private static MacRange? FindWanted(IHandleReader store, MacVlan vlan, RunRequest request, List<IReadOnlyList<MacRange>> spaces)
    {
        if (request.RequestedAddress is not { } first || first.Value + (ulong)request.Count - 1 > MacAddress.Broadcast.Value)
        {
            return null;
        }

        var wanted = new MacRange(first, new MacAddress(first.Value + (ulong)request.Count - 1));
        return spaces.Exists(space => space.Any(range => range.Contains(wanted.First) && range.Contains(wanted.Last))) ? store.FindLowestRun(vlan.VlanId, wanted, request.Count) : null;
    }

    /// <summary>The longest run of never-used addresses up to a length.</summary>
    private static MacRange? FindLongest(IHandleReader store, MacVlan vlan, int count, List<IReadOnlyList<MacRange>> spaces)
    {
        MacRange? Find(int length)
        {
            foreach (var range in spaces.SelectMany(space => space))
            {
                if (store.FindLowestRun(vlan.VlanId, range, length) is { } run)
                {
                    return run;
                }
            }

            return null;
        }

        if (Find(count) is { } whole)
        {
            return whole;
        }

        MacRange? longest = null;
        for (int low = 1, high = count - 1; low <= high;)
        {
            int middle = (low + high) / 2;
            if (Find(middle) is { } run)
            {
                longest = run;
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return longest;
    }

    /// <summary>One address that came back, and has been held down long enough.</summary>
    private static MacRange? FindUsed(IHandleReader store, MacVlan vlan, List<IReadOnlyList<MacRange>> spaces)
    {
        foreach (var range in spaces.SelectMany(space => space))
        {
            if (AddressPool.FindNextIn(store, vlan, range) is { } address)
            {
                return new MacRange(address, address);
            }
        }

        return null;
    }
}
