using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.Provision.Faults;

/// <summary>
/// Says what is wrong with the answers that devices saw, and with what the stores have once everything is up again and synchronised:
/// <list type="bullet">
/// <item>At no time have two devices an address: from the answer until its device begins to give it up, nobody else is answered it.</item>
/// <item>No device has two addresses: until it begins to give it up, every answer is the same.</item>
/// <item>No answer is lost: what a device was answered and has not given up is its own in the shared store and in every provider's.</item>
/// <item>In the stores, an address has one holder, and what a provider has allocated is known to the shared store.</item>
/// </list>
/// An answer of which was told that it does not hold is no promise. Which devices may be told so is for the test to say.
/// </summary>
internal static class FaultChecker
{
    /// <summary>Says what is wrong; nothing if nothing is.</summary>
    /// <param name="events">What devices saw and did, in sequence.</param>
    /// <param name="root">The shared store.</param>
    /// <param name="homes">The providers' stores.</param>
    /// <param name="told">Answers of which a conflict or a notice told that they do not hold.</param>
    public static IReadOnlyList<string> Check(
        IReadOnlyList<DeviceEvent> events, StoreView root, IReadOnlyList<StoreView> homes, IReadOnlySet<(string Handle, MacAddress Address)> told)
    {
        var claims = Claims(events, told);
        return
        [
            .. Shared(claims),
            .. Doubled(claims),
            .. Lost(claims.Where(claim => claim.Until == int.MaxValue), root, homes),
            .. WrongInStores(root, homes),
        ];
    }

    /// <summary>
    /// True if a device began to give an address up after it was answered it last. A provider that was killed before it wrote down that the shared store had heard
    /// tells it once more, and is then told that the handle has another address: nobody loses anything by that.
    /// </summary>
    /// <param name="events">What devices saw and did, in sequence.</param>
    /// <param name="handle">The handle that it shows.</param>
    /// <param name="address">The address.</param>
    public static bool IsGivenUp(IReadOnlyList<DeviceEvent> events, string handle, MacAddress address) =>
        events.LastOrDefault(seen => string.Equals(seen.Handle, handle, StringComparison.Ordinal) && (seen.Kind is DeviceEventKind.Releasing || seen.Address == address))
            is { Kind: DeviceEventKind.Releasing };

    /// <summary>From when until when which device may use which address.</summary>
    private static List<Claim> Claims(IReadOnlyList<DeviceEvent> events, IReadOnlySet<(string Handle, MacAddress Address)> told)
    {
        var open = new Dictionary<string, List<Claim>>(StringComparer.Ordinal);
        var all = new List<Claim>();
        for (int i = 0; i < events.Count; i++)
        {
            var seen = events[i];
            if (!open.TryGetValue(seen.Handle, out var own))
            {
                open.Add(seen.Handle, own = []);
            }

            if (seen.Kind is DeviceEventKind.Releasing)
            {
                own.ForEach(claim => claim.Until = i);
                own.Clear();
            }
            else if (!told.Contains((seen.Handle, seen.Address)) && own.TrueForAll(claim => claim.Address != seen.Address))
            {
                var claim = new Claim(seen.Handle, seen.Address, seen.Site, i);
                own.Add(claim);
                all.Add(claim);
            }
        }

        return all;
    }

    private static IEnumerable<string> Shared(List<Claim> claims)
    {
        foreach (var ofAddress in claims.GroupBy(claim => claim.Address))
        {
            Claim? before = null;
            foreach (var claim in ofAddress.OrderBy(claim => claim.From))
            {
                if (before is not null && before.Until > claim.From && !string.Equals(before.Handle, claim.Handle, StringComparison.Ordinal))
                {
                    yield return $"{claim.Address} was answered to {claim.Handle} by {claim.Site} while {before.Handle} had it from {before.Site}.";
                }

                before = before is null || claim.Until > before.Until ? claim : before;
            }
        }
    }

    private static IEnumerable<string> Doubled(List<Claim> claims)
    {
        foreach (var ofHandle in claims.GroupBy(claim => claim.Handle, StringComparer.Ordinal))
        {
            Claim? before = null;
            foreach (var claim in ofHandle.OrderBy(claim => claim.From))
            {
                if (before is not null && before.Until > claim.From)
                {
                    yield return $"{claim.Handle} was answered {claim.Address} by {claim.Site} while it had {before.Address} from {before.Site}.";
                }

                before = claim;
            }
        }
    }

    private static IEnumerable<string> Lost(IEnumerable<Claim> claims, StoreView root, IReadOnlyList<StoreView> homes)
    {
        var stores = homes.Prepend(root).Select(store => (store.Name, Handles: store.Handles.Where(handle => !handle.IsCopy).ToDictionary(handle => handle.Handle, StringComparer.Ordinal))).ToList();
        foreach (var claim in claims)
        {
            foreach (var (name, handles) in stores)
            {
                if (handles.GetValueOrDefault(claim.Handle) is not { State: HandleState.Held } held || held.MacAddress != claim.Address)
                {
                    string has = handles.GetValueOrDefault(claim.Handle) is { } record ? $"{record.MacAddress} ({record.State})" : "nothing";
                    yield return $"{claim.Handle} was answered {claim.Address} by {claim.Site}, and has {has} in {name}.";
                }
            }
        }
    }

    private static IEnumerable<string> WrongInStores(StoreView root, IReadOnlyList<StoreView> homes)
    {
        foreach (var store in homes.Prepend(root))
        {
            foreach (var holders in store.Handles.Where(handle => handle.State is HandleState.Held).GroupBy(handle => handle.MacAddress).Where(holders => holders.Count() > 1))
            {
                yield return $"{holders.Key} has several holders in {store.Name}: {string.Join(", ", holders.Select(handle => handle.Handle))}.";
            }

            foreach (var unreported in store.Handles.Where(handle => !handle.IsReported))
            {
                yield return $"{unreported.Handle} has not been told by {store.Name}.";
            }
        }

        var known = root.Allocations.ToDictionary(allocation => allocation.MacAddress, allocation => allocation.Handle);
        foreach (var allocations in homes.SelectMany(home => home.Allocations.Select(allocation => (home.Name, Allocation: allocation))).GroupBy(one => one.Allocation.MacAddress))
        {
            if (allocations.Count() > 1)
            {
                yield return $"{allocations.Key} is given out by several: {string.Join(", ", allocations.Select(one => one.Name))}.";
            }

            foreach (var (name, allocation) in allocations.Where(one => !string.Equals(known.GetValueOrDefault(allocations.Key), one.Allocation.Handle, StringComparison.Ordinal)))
            {
                yield return $"{allocation.MacAddress} is {allocation.Handle}'s in {name} and {known.GetValueOrDefault(allocation.MacAddress) ?? "nobody"}'s in the shared store.";
            }
        }
    }

    /// <summary>That a device may use an address, from one event until another.</summary>
    private sealed class Claim(string handle, MacAddress address, string site, int from)
    {
        public string Handle { get; } = handle;

        public MacAddress Address { get; } = address;

        public string Site { get; } = site;

        public int From { get; } = from;

        public int Until { get; set; } = int.MaxValue;
    }
}
