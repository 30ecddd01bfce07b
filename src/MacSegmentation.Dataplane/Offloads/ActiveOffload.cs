namespace MacSegmentation.Offloads;

/// <summary>An offload in force because of which frames reach a port merged or unfinished.</summary>
/// <param name="AdapterName">The adapter on which it is in force.</param>
/// <param name="Feature">Its name in the kernel, as <c>ethtool -k</c> shows it in detail: rx-gro, tx-checksum-ip-generic.</param>
/// <param name="Effect">What it does to the frames.</param>
public sealed record ActiveOffload(string AdapterName, string Feature, OffloadEffect Effect)
{
    /// <summary>The offload and what it does, as a phrase.</summary>
    public override string ToString() => Effect switch
    {
        OffloadEffect.MergesFrames => $"{Feature} of {AdapterName} merges frames that arrive",
        OffloadEffect.LeavesFramesUnfinished => $"{Feature} of {AdapterName}, the other end, leaves checksums or segments unfinished",
        _ => $"{AdapterName} is a veth whose other end is in another namespace, so that its offloads cannot be seen; run there: "
            + "ethtool -K <interface> tx off tso off gso off",
    };

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

        var phrases = offloads
            .GroupBy(offload => (offload.AdapterName, offload.Effect))
            .Select(alike => $"{alike.First() with { Feature = string.Join(", ", alike.Select(offload => offload.Feature)) }}");
        bool canBeTurnedOff = offloads.Any(offload => offload.Effect != OffloadEffect.OutOfSight);
        return $"{string.Join("; ", phrases)}.{(canBeTurnedOff ? $" {wayOut}" : string.Empty)}";
    }
}
