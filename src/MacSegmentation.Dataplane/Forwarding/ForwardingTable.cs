using System.Numerics;
using MacSegmentation.Limits;

namespace MacSegmentation.Forwarding;

/// <summary>
/// The addresses that a switch has learned, each with its port, until no frame came from it for the ageing time (IEEE 802.1Q-2022 sections 8.7
/// and 8.8). Bounded in all and for each port, and no port takes the room of all others (<see cref="DynamicThreshold"/>), nor do the uplinks together; all memory is
/// taken at the start.
/// </summary>
/// <remarks>
/// Open addressing with linear probing; at most half of the slots is taken. An entry that has aged is dead at once, and is taken out when it is
/// met, when the sweep comes by, a few slots a call, or when room is wanted. Removal closes the gap (Knuth, The Art of Computer Programming, volume 3, section 6.4,
/// algorithm R), so no search ever passes over graves.
/// </remarks>
internal sealed class ForwardingTable
{
    private const int SweptSlots = 32;

    /// <summary>Nanoseconds between two searches of the whole table for what has aged: a full port must not make each of its frames one.</summary>
    private const long RoomInterval = 1_000_000_000;

    private readonly Slot[] slots;
    private readonly int shift;
    private readonly int limit;
    private readonly long ageingTime;
    private readonly int[] countOfPort;
    private readonly int[] limitOfPort;
    private readonly bool[] isUplink;
    private int countOfUplinks;
    private int sweepAt;
    private long roomMadeAt = -RoomInterval;

    /// <summary>Creates an empty table.</summary>
    /// <param name="limit">Addresses in all.</param>
    /// <param name="ageingTime">Nanoseconds that an address stays without a frame.</param>
    /// <param name="limitOfPort">Addresses of each port.</param>
    /// <param name="isUplink">Which ports are uplinks: the same network is behind all of them, so they have one share. Null if none is.</param>
    public ForwardingTable(int limit, long ageingTime, int[] limitOfPort, bool[]? isUplink = null)
    {
        this.isUplink = isUplink ?? new bool[limitOfPort.Length];
        this.limit = limit;
        this.ageingTime = ageingTime;
        this.limitOfPort = limitOfPort;
        countOfPort = new int[limitOfPort.Length];
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(limit, SweptSlots) * 2);
        slots = new Slot[size];
        shift = 64 - BitOperations.Log2((uint)size);
    }

    /// <summary>Number of addresses, those included that have aged and were not met since.</summary>
    public int Count { get; private set; }

    /// <summary>Nanoseconds since 1970 of the latest frame.</summary>
    public long Newest { get; private set; }

    /// <summary>Number of a port's addresses.</summary>
    public int CountOf(int port) => countOfPort[port];

    /// <summary>Takes in that a frame came from an address.</summary>
    /// <param name="key">The address in its VLAN.</param>
    /// <param name="port">Where the frame came in.</param>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="previousPort">If it moved: where it was before.</param>
    /// <param name="endpoint">What is behind the port, where that leads to several; 0 for the port itself.</param>
    public LearningOutcome Learn(ulong key, int port, long now, out int previousPort, int endpoint = 0)
    {
        Newest = Math.Max(Newest, now);
        int at = Find(key);
        ref var slot = ref slots[at];
        previousPort = slot.Port;
        if (slot.Key != key)
        {
            return Add(key, port, now, endpoint);
        }

        if (HasAged(slot.LastSeen, now))
        {
            RemoveAt(at);
            return Add(key, port, now, endpoint);
        }

        if (slot.Port != port && !TryMove(ref slot, port))
        {
            return MakesRoom(now) ? Learn(key, port, now, out previousPort, endpoint) : LearningOutcome.PortFull;
        }

        slot.FirstSeen = previousPort != port ? now : slot.FirstSeen;
        slot.LastSeen = now;
        slot.Endpoint = endpoint;
        return previousPort != port ? LearningOutcome.Moved : LearningOutcome.Known;
    }

    /// <summary>The port that an address is known at, or −1.</summary>
    public int Lookup(ulong key, long now) => Lookup(key, now, out _);

    /// <summary>The port that an address is known at, or −1.</summary>
    /// <param name="key">The address in its VLAN.</param>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="endpoint">What is behind the port; 0 for the port itself.</param>
    public int Lookup(ulong key, long now, out int endpoint)
    {
        ref readonly var slot = ref slots[Find(key)];
        endpoint = slot.Endpoint;
        return slot.Key == key && !HasAged(slot.LastSeen, now) ? slot.Port : -1;
    }

    /// <summary>Takes out what has aged, a few slots a call.</summary>
    public void Sweep(long now)
    {
        Newest = Math.Max(Newest, now);
        Sweep(now, SweptSlots);
    }

    /// <summary>Forgets where an address was.</summary>
    public void Forget(ulong key)
    {
        int at = Find(key);
        if (slots[at].Key == key)
        {
            RemoveAt(at);
        }
    }

    /// <summary>Forgets what was learned at a port.</summary>
    public void Forget(int port)
    {
        for (int at = 0; at < slots.Length && countOfPort[port] > 0; at++)
        {
            // What moves into the gap may be the port's too.
            while (slots[at].Key != 0 && slots[at].Port == port)
            {
                RemoveAt(at);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(slots);
        Array.Clear(countOfPort);
        countOfUplinks = 0;
        Count = 0;
        Newest = 0;
        roomMadeAt = -RoomInterval;
    }

    /// <summary>All addresses that have not aged, in no sequence.</summary>
    public IEnumerable<LearnedAddress> List(long now) => slots
        .Where(slot => slot.Key != 0 && !HasAged(slot.LastSeen, now))
        .Select(slot => new LearnedAddress(slot.Key, slot.Port, slot.FirstSeen, slot.LastSeen));

    private bool HasAged(long lastSeen, long now) => now - lastSeen > ageingTime;

    private bool TryMove(ref Slot slot, int port)
    {
        if (countOfPort[port] >= limitOfPort[port])
        {
            return false;
        }

        AddTo(slot.Port, -1);
        AddTo(port, 1);
        slot.Port = port;
        return true;
    }

    private LearningOutcome Add(ulong key, int port, long now, int endpoint)
    {
        bool isPortFull = countOfPort[port] >= limitOfPort[port];
        if (isPortFull || !DynamicThreshold.Admits(isUplink[port] ? countOfUplinks : countOfPort[port], 1, limit - Count))
        {
            return MakesRoom(now) ? Add(key, port, now, endpoint) : isPortFull ? LearningOutcome.PortFull : LearningOutcome.TableFull;
        }

        slots[Find(key)] = new Slot { Key = key, Port = port, Endpoint = endpoint, FirstSeen = now, LastSeen = now };
        AddTo(port, 1);
        Count++;
        return LearningOutcome.Learned;
    }

    private void AddTo(int port, int change)
    {
        countOfPort[port] += change;
        countOfUplinks += isUplink[port] ? change : 0;
    }

    /// <summary>Takes out all that has aged, unless that was done just now.</summary>
    /// <returns>True if anything was taken out, so that another try is worth it.</returns>
    private bool MakesRoom(long now)
    {
        if (Math.Abs(now - roomMadeAt) < RoomInterval)
        {
            return false;
        }

        roomMadeAt = now;
        int before = Count;
        Sweep(now, slots.Length);
        return Count < before;
    }

    private void Sweep(long now, int count)
    {
        for (int i = 0; i < count; i++)
        {
            sweepAt = (sweepAt + 1) & (slots.Length - 1);

            // What moves into the gap may have aged too.
            while (slots[sweepAt].Key != 0 && HasAged(slots[sweepAt].LastSeen, now))
            {
                RemoveAt(sweepAt);
            }
        }
    }

    /// <summary>The slot that has the key, or the empty one where it would be.</summary>
    private int Find(ulong key)
    {
        int at = AddressKey.Hash(key, shift);
        while (slots[at].Key != key && slots[at].Key != 0)
        {
            at = (at + 1) & (slots.Length - 1);
        }

        return at;
    }

    private void RemoveAt(int gap)
    {
        AddTo(slots[gap].Port, -1);
        Count--;
        int mask = slots.Length - 1;
        for (int at = (gap + 1) & mask; slots[at].Key != 0; at = (at + 1) & mask)
        {
            // An entry moves into the gap unless its search begins behind the gap.
            int home = AddressKey.Hash(slots[at].Key, shift);
            if (((at - home) & mask) >= ((at - gap) & mask))
            {
                slots[gap] = slots[at];
                gap = at;
            }
        }

        slots[gap] = default;
    }

    private struct Slot
    {
        /// <summary>0 is no address in a VLAN, as no VLAN is 0.</summary>
        public ulong Key;
        public long FirstSeen;
        public long LastSeen;
        public int Port;
        public int Endpoint;
    }
}
