namespace MacSegmentation.Bridging;

/// <summary>
/// Tells an address that moves from one that flaps: a machine that migrates moves once, a loop or two stations with one address move it again
/// and again. It also bounds how many moves are told of.
/// </summary>
internal sealed class FlapWatch
{
    /// <summary>So many moves within the window are no migration any more.</summary>
    public const int Suspicious = 5;

    /// <summary>Nanoseconds in which moves are counted together.</summary>
    public const long Window = 10_000_000_000;

    /// <summary>Addresses that are watched at once; the moves of any more are told of as they come.</summary>
    private const int Capacity = 1024;

    private readonly Dictionary<(int VlanId, UInt128 Address), Moves> watched = new(Capacity);

    /// <summary>Takes in that an address moved.</summary>
    public FlapState Note(int vlanId, UInt128 address, long now)
    {
        if (watched.Count == Capacity)
        {
            foreach (var old in watched.Where(entry => now - entry.Value.Since > Window).Select(entry => entry.Key).ToArray())
            {
                watched.Remove(old);
            }
        }

        bool known = watched.TryGetValue((vlanId, address), out var moves) && now - moves.Since <= Window;
        if (!known)
        {
            if (watched.Count < Capacity || watched.ContainsKey((vlanId, address)))
            {
                watched[(vlanId, address)] = new Moves(now, 1);
            }

            return FlapState.Moved;
        }

        watched[(vlanId, address)] = moves with { Count = moves.Count + 1 };
        return (moves.Count + 1) switch
        {
            < Suspicious => FlapState.Moved,
            Suspicious => FlapState.Flapping,
            _ => FlapState.StillFlapping,
        };
    }

    private readonly record struct Moves(long Since, int Count);
}
