namespace MacSegmentation.Offloads;

/// <summary>An offload in force because of which frames reach a port merged or unfinished.</summary>
/// <param name="AdapterName">The adapter on which it is in force.</param>
/// <param name="Feature">Its name in the kernel, as <c>ethtool -k</c> shows it in detail: rx-gro, tx-checksum-ip-generic.</param>
/// <param name="Effect">What it does to the frames.</param>
public sealed record ActiveOffload(string AdapterName, string Feature, OffloadEffect Effect)
{
    /// <summary>The offload and what it does, as a phrase.</summary>
    public override string ToString() => Describe(Effect, Feature, [AdapterName]);

    /// <summary>All offloads of an enforcer in one line, or null if there are none.</summary>
    /// <param name="offloads">The offloads.</param>
    /// <param name="wayOut">The sentence that says how they are turned off; left out where none can be from here.</param>
    public static string? Describe(IReadOnlyCollection<ActiveOffload> offloads, string wayOut)
    {
        ArgumentNullException.ThrowIfNull(offloads);
        if (offloads.Count == 0)
        {
            return null;
        }

        // Adapters of one kind have the same, and many: each list stands once.
        var phrases = offloads
            .GroupBy(offload => (offload.AdapterName, offload.Effect))
            .Select(alike => (alike.Key.AdapterName, alike.Key.Effect, Features: string.Join(", ", alike.Select(offload => offload.Feature))))
            .GroupBy(adapter => (adapter.Effect, adapter.Features))
            .Select(alike => Describe(alike.Key.Effect, alike.Key.Features, alike.Select(adapter => adapter.AdapterName)));
        bool canBeTurnedOff = offloads.Any(offload => offload.Effect != OffloadEffect.OutOfSight);
        string line = string.Join("; ", phrases);
        return $"{char.ToUpperInvariant(line[0])}{line[1..]}.{(canBeTurnedOff ? $" {wayOut}" : string.Empty)}";
    }

    private static string Describe(OffloadEffect effect, string features, IEnumerable<string> adapterNames) => effect switch
    {
        OffloadEffect.MergesFrames => $"frames that arrive are merged on {string.Join(", ", adapterNames)} ({features})",
        OffloadEffect.LeavesFramesUnfinished => $"the other end of {string.Join(", ", adapterNames)} leaves checksums or segments unfinished ({features})",
        _ => $"the other end of {string.Join(", ", adapterNames)} is in another namespace, where its offloads cannot be seen; run there: ethtool -K <interface> tx off tso off gso off",
    };
}
