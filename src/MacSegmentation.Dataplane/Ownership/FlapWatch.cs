namespace MacSegmentation.Ownership;

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

    /// <summary>Addresses that are watched at once. So many that move within the window are no migrations: the moves of any more are not told of.</summary>
    public const int Capacity = 1024;

    /// <summary>Nanoseconds between two searches for room.</summary>
    private const long RoomInterval = 1_000_000_000;

    private readonly Dictionary<(int VlanId, UInt128 Address), Moves> watched = new(Capacity);

    private long roomMadeAt;

    /// <summary>Takes in that an address moved.</summary>
    public FlapState Note(int vlanId, UInt128 address, long now)
    {
        bool known = watched.TryGetValue((vlanId, address), out var moves);
        if (!known && watched.Count == Capacity)
        {
            MakeRoom(now);
            if (watched.Count == Capacity)
            {
                return FlapState.Untold;
            }
        }

        if (!known || Math.Abs(now - moves.Since) > Window)
        {
            watched[(vlanId, address)] = new Moves(now, 1);
            return FlapState.Moved;
        }

        watched[(vlanId, address)] = moves with { Count = moves.Count + 1 };
        return (moves.Count + 1) switch
        {
            < Suspicious => FlapState.Moved,
            Suspicious => FlapState.Flapping,
            _ => FlapState.Untold,
        };
    }

    private void MakeRoom(long now)
    {
        if (Math.Abs(now - roomMadeAt) < RoomInterval)
        {
            return;
        }

        roomMadeAt = now;
        foreach (var old in watched.Where(entry => Math.Abs(now - entry.Value.Since) > Window).Select(entry => entry.Key).ToArray())
        {
            watched.Remove(old);
        }
    }

    private readonly record struct Moves(long Since, int Count);
}
