using MacSegmentation.Forwarding;

namespace MacSegmentation.Switch;

/// <summary>What a forwarding table is to know, as one would write it down: who was seen where and when, and nobody who has aged.</summary>
internal sealed class ForwardingModel(int limit, long ageingTime, int[] limitOfPort, int[] uplinks)
{
    private readonly Dictionary<ulong, LearnedAddress> known = [];

    public IEnumerable<LearnedAddress> Known => known.Values.OrderBy(address => address.Key);

    public LearningOutcome Learn(ulong key, int port, long now)
    {
        LetAge(now);
        bool isKnown = known.TryGetValue(key, out var before);
        if (isKnown && before.Port == port)
        {
            known[key] = before with { LastSeen = now };
            return LearningOutcome.Known;
        }

        if (known.Values.Count(address => address.Port == port) >= limitOfPort[port])
        {
            return LearningOutcome.PortFull;
        }

        int[] together = uplinks.Contains(port) ? uplinks : [port];
        if (!isKnown && known.Values.Count(address => together.Contains(address.Port)) + 1 > 3 * (limit - known.Count))
        {
            return LearningOutcome.TableFull;
        }

        known[key] = new LearnedAddress(key, port, now, now);
        return isKnown ? LearningOutcome.Moved : LearningOutcome.Learned;
    }

    public int Lookup(ulong key, long now)
    {
        LetAge(now);
        return known.TryGetValue(key, out var address) ? address.Port : -1;
    }

    public void Forget(ulong key) => known.Remove(key);

    public void Forget(int port) => Remove(address => address.Port == port);

    public void LetAge(long now) => Remove(address => now - address.LastSeen > ageingTime);

    private void Remove(Predicate<LearnedAddress> which)
    {
        foreach (var address in known.Values.Where(address => which(address)).ToArray())
        {
            known.Remove(address.Key);
        }
    }
}
