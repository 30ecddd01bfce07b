using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using MacSegmentation.Limits;

namespace MacSegmentation.Flows;

/// <summary>
/// The flows that are remembered, in arrays of a fixed size: no flow costs an allocation, and none lives longer than its time. A full table
/// takes no new flow; the old ones go on. Used by one thread at a time.
/// </summary>
/// <remarks>
/// Hash buckets of chained places. Expired flows are reclaimed in passing: every new flow looks at a few places in turn, so that one sweep
/// over the table costs no more than filling it, and no packet waits for a whole sweep.
/// </remarks>
internal sealed class FlowTable
{
    /// <summary>Flows that a table holds unless said otherwise.</summary>
    public const int DefaultCapacity = 65_536;

    /// <summary>Flows that a table can be made for at most.</summary>
    public const int MaximumCapacity = 1_048_576;

    /// <summary>What <see cref="Find"/> and the links of places say for none.</summary>
    public const int None = -1;

    /// <summary>Nothing was foreseen.</summary>
    public const int Unforeseen = -2;

    /// <summary>Places that a new flow looks at in passing.</summary>
    private const int SweepPerFlow = 4;

    /// <summary>Places that are looked at for room when there is none.</summary>
    private const int SweepWhenFull = 64;

    private readonly Dictionary<uint, int> countOfPort = [];
    private readonly FlowSeed seed;
    private readonly Flow[] memory;
    private readonly nint alignment;
    private readonly int[] buckets;
    private readonly int bucketMask;

    /// <summary>By place, the next one with the same bucket, or the next free one.</summary>
    private readonly int[] next;
    private int free = None;
    private int used;
    private int cursor;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Flows that it can hold, 1 to 1,048,576.</param>
    /// <param name="seed">What its hashes are hidden with.</param>
    public FlowTable(int capacity, FlowSeed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaximumCapacity);
        this.seed = seed;
        memory = GC.AllocateArray<Flow>(capacity + 1, pinned: true);
        alignment = AlignmentOf(memory);
        buckets = new int[(int)BitOperations.RoundUpToPowerOf2((uint)capacity)];
        bucketMask = buckets.Length - 1;
        Array.Fill(buckets, None);
        next = new int[capacity];
    }

    /// <summary>Flows in the table; some of them may have expired unnoticed.</summary>
    public int Count { get; private set; }

    /// <summary>Flows that the table can hold.</summary>
    public int Capacity => next.Length;

    /// <summary>How often a packet found no room for what it would have begun.</summary>
    public long Refused { get; private set; }

    /// <summary>The flow in a place that <see cref="Find"/> gave; valid as long as the flow is not removed.</summary>
    public ref Flow this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)place < (uint)Capacity, "No place of this table.");
            return ref Unsafe.Add(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(memory), alignment), place);
        }
    }

    /// <summary>Has the memory of a flow come while other things are looked at: one of many flows comes from far away.</summary>
    /// <param name="key">What it is known by.</param>
    /// <returns>Where <see cref="Find(in FlowKey, long, int)"/> begins, as long as no flow is added or removed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe int Foresee(in FlowKey key)
    {
        int place = buckets[Bucket(key)];
        if (Sse.IsSupported && place != None)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref this[place]));
        }

        return place;
    }

    /// <summary>Finds a flow that has not expired.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <param name="foreseen">What <see cref="Foresee"/> said of the key.</param>
    /// <returns>Its place, or <see cref="None"/>.</returns>
    public int Find(in FlowKey key, long now, int foreseen = Unforeseen)
    {
        int place = foreseen != Unforeseen ? foreseen : buckets[Bucket(key)];
        while (place != None && !this[place].Key.Is(key))
        {
            place = next[place];
        }

        if (place == None || this[place].Expires > now)
        {
            return place;
        }

        Remove(place);
        return None;
    }

    /// <summary>Makes room for new flows, reclaiming expired ones if need be; counts a refusal if there is not enough.</summary>
    /// <param name="count">Number of flows to be added next, 1 to the table's capacity.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public bool TryMakeRoom(int count, long now)
    {
        Sweep(Capacity - Count < count ? SweepWhenFull : SweepPerFlow * count, now);
        if (Capacity - Count >= count)
        {
            return true;
        }

        Refused++;
        return false;
    }

    /// <summary>True if a port may have so many more flows, and leaves room for those of others; counts a refusal if not.</summary>
    /// <param name="port">The port's number.</param>
    /// <param name="count">Number of flows to be added next, at least 1.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public bool HasShare(uint port, int count, long now)
    {
        if (IsWithinShare(port, count))
        {
            return true;
        }

        Sweep(SweepWhenFull, now);
        if (IsWithinShare(port, count))
        {
            return true;
        }

        Refused++;
        return false;
    }

    /// <summary>Number of a port's flows.</summary>
    public int CountOf(uint port) => countOfPort.GetValueOrDefault(port);

    /// <summary>Adds a flow. The caller has made room, and knows that it is not there.</summary>
    /// <param name="key">What it is known by.</param>
    /// <returns>The flow; all but <see cref="Flow.Key"/> is for the caller to fill in.</returns>
    public ref Flow Add(in FlowKey key)
    {
        int place = TakeFree();
        ref int bucket = ref buckets[Bucket(key)];
        ref var flow = ref this[place];
        flow.Key = key;
        next[place] = bucket;
        bucket = place;
        Count++;
        CollectionsMarshal.GetValueRefOrAddDefault(countOfPort, key.Port, out _)++;
        return ref flow;
    }

    /// <summary>Takes a flow out.</summary>
    /// <param name="place">Its place.</param>
    public void Remove(int place)
    {
        ref int link = ref buckets[Bucket(this[place].Key)];
        while (link != place)
        {
            link = ref next[link];
        }

        uint port = this[place].Key.Port;
        ref int held = ref CollectionsMarshal.GetValueRefOrNullRef(countOfPort, port);
        if (--held == 0)
        {
            countOfPort.Remove(port);
        }

        link = next[place];
        this[place] = new Flow { Expires = long.MaxValue };
        next[place] = free;
        free = place;
        Count--;
    }

    /// <summary>Takes all flows out.</summary>
    public void Clear()
    {
        Array.Clear(memory);
        Array.Fill(buckets, None);
        countOfPort.Clear();
        free = None;
        used = 0;
        cursor = 0;
        Count = 0;
    }

    /// <summary>Looks at the next places of the table in turn and reclaims those whose flow has expired.</summary>
    /// <param name="places">How many places.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public void Sweep(int places, long now)
    {
        for (int i = Math.Min(places, used); i > 0; i--)
        {
            cursor = cursor + 1 < used ? cursor + 1 : 0;
            if (this[cursor].Expires <= now)
            {
                Remove(cursor);
            }
        }
    }

    private bool IsWithinShare(uint port, int count) => DynamicThreshold.Admits(countOfPort.GetValueOrDefault(port), count, Capacity - Count);

    private int TakeFree()
    {
        if (free == None)
        {
            return used++;
        }

        int place = free;
        free = next[place];
        return place;
    }

    /// <summary>Octets from the beginning of memory to a cache line's, so that each flow lies in one line: the packets of many flows come from memory, line by line.</summary>
    private static nint AlignmentOf(Flow[] memory) => -Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & (Flow.Size - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Bucket(in FlowKey key) => (int)key.Hash(seed) & bucketMask;
}
