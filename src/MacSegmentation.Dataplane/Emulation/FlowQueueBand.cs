using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Flows;
using MacSegmentation.Frames;

namespace MacSegmentation.Emulation;

/// <summary>
/// A queue under controlled delay for each flow, and the flows in turn, those that have just begun before the others (RFC 8290 section 4). Flows are told apart by a hash that the seed
/// perturbs.
/// </summary>
internal sealed class FlowQueueBand : FrameBand
{
    /// <summary>RFC 8290 section 4.1.1.</summary>
    private const int FlowCount = 1024;

    /// <summary>RFC 8290 section 4.1.2: octets that a flow may send in its turn.</summary>
    private const int Quantum = 1514;

    /// <summary>RFC 8290 section 4.1.3: so many are given up at once at most, as it takes a look at all flows.</summary>
    private const int MostGivenUp = 64;

    private readonly WaitingFrames frames;
    private readonly FlowSeed seed;
    private readonly FlowQueue[] flows = new FlowQueue[FlowCount];
    private FlowTurns fresh = FlowTurns.None;
    private FlowTurns old = FlowTurns.None;
    private int count;
    private long octets;

    public FlowQueueBand(WaitingFrames frames, FlowSeed seed)
    {
        this.frames = frames;
        this.seed = seed;
    }

    public override int Count => count;

    public override long Octets => octets;

    public override void Add(int slot, ReadOnlySpan<byte> bytes)
    {
        int index = FlowOf(bytes);
        ref var flow = ref flows[index];
        flow.List.Add(frames.All, slot);
        count++;
        octets += frames.All[slot].Length;
        if (!flow.IsActive)
        {
            flow.IsActive = true;
            flow.Deficit = Quantum;
            fresh.Add(flows, index);
        }
    }

    /// <summary>Changes nothing: whose turn it is is settled when the frame leaves (RFC 8290 section 4.2), and until then a flow may come back, or a new one come.</summary>
    public override int Peek()
    {
        int best = -1;
        int fewest = int.MaxValue;
        for (int at = fresh.First; at >= 0 && fewest > 0; at = flows[at].Next)
        {
            PeekAt(at, ref best, ref fewest);
        }

        for (int at = old.First; at >= 0 && fewest > 0; at = flows[at].Next)
        {
            PeekAt(at, ref best, ref fewest);
        }

        return flows[best].List.First;
    }

    /// <summary>The link was idle: no flow has a turn any more, but the one whose frame leaves at once, with what is left of its first.</summary>
    public override void Pass(int length, ReadOnlySpan<byte> bytes)
    {
        EndTurns();
        int index = FlowOf(bytes);
        ref var flow = ref flows[index];
        flow.IsActive = true;
        flow.Deficit = Quantum - length;
        fresh.Add(flows, index);
    }

    public override void EndTurns()
    {
        while (fresh.First >= 0)
        {
            flows[fresh.Take(flows)].IsActive = false;
        }

        while (old.First >= 0)
        {
            flows[old.Take(flows)].IsActive = false;
        }
    }

    public override int Take(long now)
    {
        while (count > 0)
        {
            ref var flow = ref flows[Select()];
            var before = (flow.List.Count, flow.List.Octets);
            int slot = flow.Delay.Take(frames, ref flow.List, flow.List.Octets, now);
            count -= before.Count - flow.List.Count;
            octets -= before.Octets - flow.List.Octets;
            if (slot >= 0)
            {
                flow.Deficit -= frames.All[slot].Length;
                return slot;
            }
        }

        return -1;
    }

    public override IEnumerable<int> ListSlots() => flows.SelectMany(flow => flow.List.ListSlots(frames.All));

    public override bool MakeRoom()
    {
        ref var flow = ref flows[Largest()];
        octets -= flow.List.Octets;
        int givenUp = Math.Clamp(flow.List.Count / 2, 1, MostGivenUp);
        for (int i = 0; i < givenUp; i++)
        {
            frames.GiveUp(flow.List.Take(frames.All), EmulationReasons.EmulatedQueueFull);
            count--;
        }

        octets += flow.List.Octets;
        return true;
    }

    /// <summary>Takes note of a flow if it has its turn sooner than those before it: after how many rounds tells what it owes.</summary>
    private void PeekAt(int index, ref int best, ref int fewest)
    {
        ref readonly var flow = ref flows[index];
        int rounds = flow.Deficit > 0 ? 0 : (-flow.Deficit / Quantum) + 1;
        if (flow.List.Count > 0 && rounds < fewest)
        {
            (best, fewest) = (index, rounds);
        }
    }

    /// <summary>The flow whose turn it is; it has frames.</summary>
    private int Select()
    {
        while (true)
        {
            bool isFresh = fresh.First >= 0;
            int index = isFresh ? fresh.First : old.First;
            ref var flow = ref flows[index];
            if (flow.Deficit > 0 && flow.List.Count > 0)
            {
                return index;
            }

            _ = isFresh ? fresh.Take(flows) : old.Take(flows);
            if (flow.Deficit <= 0)
            {
                flow.Deficit += Quantum;
                old.Add(flows, index);
            }
            else if (isFresh)
            {
                // RFC 8290 section 4.2: a flow that comes and goes must not keep the others from their turn. (Linux lets it go where no other has had one yet.)
                old.Add(flows, index);
            }
            else
            {
                flow.IsActive = false;
            }
        }
    }

    private int Largest()
    {
        int largest = 0;
        for (int i = 1; i < flows.Length; i++)
        {
            largest = flows[i].List.Octets > flows[largest].List.Octets ? i : largest;
        }

        return largest;
    }

    private int FlowOf(ReadOnlySpan<byte> bytes)
    {
        PacketHeader.Read(bytes, out var packet);
        ulong hash = packet.Network == NetworkProtocol.Other
            ? FlowSeed.Mix(BitConverter.ToUInt64(bytes) ^ seed.First, BitConverter.ToUInt32(bytes[8..]) ^ seed.Second)
            : FlowSeed.Mix(
                FlowSeed.Mix((ulong)packet.Source ^ (ulong)(packet.Source >> 64) ^ seed.First, (ulong)packet.Destination ^ (ulong)(packet.Destination >> 64) ^ seed.Second),
                (((ulong)packet.Protocol << 32) | ((ulong)packet.SourcePort << 16) | packet.DestinationPort) ^ seed.Third);
        return (int)(hash % FlowCount);
    }

    /// <summary>One flow.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is filled in place.")]
    private struct FlowQueue
    {
        public SlotList List;
        public ControlledDelay Delay;
        public int Deficit;
        public int Next;
        public bool IsActive;
    }

    /// <summary>Flows in turn.</summary>
    private struct FlowTurns
    {
        private int last;

        public static FlowTurns None => new() { First = -1 };

        public int First { get; private set; }

        public void Add(FlowQueue[] flows, int index)
        {
            flows[index].Next = -1;
            if (First < 0)
            {
                First = index;
            }
            else
            {
                flows[last].Next = index;
            }

            last = index;
        }

        public int Take(FlowQueue[] flows)
        {
            int index = First;
            First = flows[index].Next;
            return index;
        }
    }
}
