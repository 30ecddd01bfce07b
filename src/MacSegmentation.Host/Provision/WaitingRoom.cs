namespace MacSegmentation.Provision;

/// <summary>A number of places for requests that wait for a change, of which one client gets no more than half.</summary>
/// <param name="size">The number, at least 1.</param>
internal sealed class WaitingRoom(int size)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, int> waiting = [];
    private int taken;

    /// <summary>Places that one client may take.</summary>
    public int SizeForOne { get; } = Math.Max(1, size / 2);

    /// <summary>Takes a place; false if there is none for this client.</summary>
    /// <param name="clientId">The client.</param>
    public bool TryEnter(long clientId)
    {
        lock (gate)
        {
            int own = waiting.GetValueOrDefault(clientId);
            if (taken == size || own == SizeForOne)
            {
                return false;
            }

            taken++;
            waiting[clientId] = own + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="clientId">The client that took it.</param>
    public void Leave(long clientId)
    {
        lock (gate)
        {
            taken--;
            if (--waiting[clientId] == 0)
            {
                waiting.Remove(clientId);
            }
        }
    }
}
