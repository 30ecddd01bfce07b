using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Partitions;

/// <summary>
/// The flows that policies of partitions have admitted, each known at the port of the one who began it, so that its replies pass. The two directions of a wire have one: what goes one
/// way is answered the other way.
/// </summary>
/// <param name="capacity">Flows that it can remember.</param>
/// <param name="isShared">True if two threads use it.</param>
internal sealed class PartitionFlows(int capacity, bool isShared)
{
    /// <summary>Flows that are remembered unless said otherwise.</summary>
    public const int DefaultCapacity = FlowTable.DefaultCapacity;

    private const int SweepPlaces = 32;
    private const int FlowsPerFragment = 8;
    private const int MinFragments = 64;

    private readonly Lock gate = new();
    private FlowTable? flows;
    private FlowTable? fragments;

    /// <summary>Flows that are remembered; some of them may have expired unnoticed.</summary>
    public int Count => flows?.Count ?? 0;

    /// <summary>Takes the memory that it needs, once; without partitions it needs none.</summary>
    public void Make()
    {
        flows ??= new FlowTable(capacity, FlowSeed.Random());
        fragments ??= new FlowTable(Math.Max(capacity / FlowsPerFragment, MinFragments), FlowSeed.Random());
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Guarded(() =>
    {
        flows?.Clear();
        fragments?.Clear();
    });

    /// <summary>Forgets some of what has expired.</summary>
    public void Sweep(long now)
    {
        if (flows is not { Count: > 0 } && fragments is not { Count: > 0 })
        {
            return;
        }

        if (isShared)
        {
            lock (gate)
            {
                SweepAlone(now);
            }
        }
        else
        {
            SweepAlone(now);
        }
    }

    /// <summary>Remembers the flow that a packet begins or goes on with.</summary>
    /// <param name="packet">The packet's headers, complete.</param>
    /// <param name="flow">The packet's flow.</param>
    /// <param name="vlanId">Its VLAN.</param>
    /// <param name="from">The number of the port that it comes from.</param>
    /// <param name="to">The number of the port that it goes to.</param>
    /// <param name="epoch">Number of the tables in force.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <returns>False if there is no room for one more.</returns>
    public bool TryRemember(in PacketHeader packet, in PacketFlow flow, int vlanId, uint from, uint to, uint epoch, long now)
    {
        if (!isShared)
        {
            return Remember(packet, flow, vlanId, from, to, epoch, now);
        }

        lock (gate)
        {
            return Remember(packet, flow, vlanId, from, to, epoch, now);
        }
    }

    /// <summary>True if a packet belongs to a flow that began at the port that it goes to, or is an error about one that began at the port that it comes from.</summary>
    /// <param name="packet">The packet's headers, complete.</param>
    /// <param name="flow">The packet's flow.</param>
    /// <param name="vlanId">Its VLAN.</param>
    /// <param name="from">The number of the port that it comes from.</param>
    /// <param name="to">The number of the port that it goes to.</param>
    /// <param name="back">What holds for packets the other way: what began the flow is judged anew by other tables.</param>
    /// <param name="epoch">Number of the tables in force.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public bool IsReply(in PacketHeader packet, in PacketFlow flow, int vlanId, uint from, uint to, ClassPair back, uint epoch, long now)
    {
        if (!isShared)
        {
            return Answers(packet, flow, vlanId, from, to, back, epoch, now);
        }

        lock (gate)
        {
            return Answers(packet, flow, vlanId, from, to, back, epoch, now);
        }
    }

    /// <summary>True if the first fragment of a packet was admitted.</summary>
    /// <param name="packet">A later fragment's headers.</param>
    /// <param name="vlanId">Its VLAN.</param>
    /// <param name="from">The number of the port that it comes from.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public bool IsNoted(in PacketHeader packet, int vlanId, uint from, long now)
    {
        var key = PacketFlow.FragmentAt(packet, vlanId, from, TrafficDirection.Outbound);
        if (!isShared)
        {
            return fragments!.Find(key, now) != FlowTable.None;
        }

        lock (gate)
        {
            return fragments!.Find(key, now) != FlowTable.None;
        }
    }

    /// <summary>Remembers that the first fragment of a packet was admitted.</summary>
    /// <param name="packet">Its headers.</param>
    /// <param name="vlanId">Its VLAN.</param>
    /// <param name="from">The number of the port that it comes from.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <returns>False if there is no room for one more.</returns>
    public bool TryNote(in PacketHeader packet, int vlanId, uint from, long now)
    {
        if (!isShared)
        {
            return Note(packet, vlanId, from, now);
        }

        lock (gate)
        {
            return Note(packet, vlanId, from, now);
        }
    }

    private bool Remember(in PacketHeader packet, in PacketFlow flow, int vlanId, uint from, uint to, uint epoch, long now)
    {
        var key = flow.At(from, TrafficDirection.Outbound);
        int place = flows!.Find(key, now);
        if (place == FlowTable.None)
        {
            // What goes on with a connection that the other side began is none of its own.
            if (flow.StartOf(packet) != FlowStart.Flow || flows.Find(flow.At(to, TrafficDirection.Inbound), now) != FlowTable.None)
            {
                return true;
            }

            if (!flows.TryMakeRoom(1, now) || !flows.HasShare(from, 1, now))
            {
                return false;
            }

            ref var begun = ref flows.Add(key);
            begun.State = FlowProgress.Begin(flow.Protocol, flow.IsEcho);
            begun.BeganOutbound = true;
            begun.Expires = long.MaxValue;
            place = flows.Find(key, now);
        }

        ref var known = ref flows[place];
        known.Epoch = epoch;
        known.State = FlowProgress.Next(known.State, isAnswer: false, packet.TcpFlags);
        known.Expires = now + FlowProgress.Timeout(known.State);
        return true;
    }

    private bool Answers(in PacketHeader packet, in PacketFlow flow, int vlanId, uint from, uint to, ClassPair back, uint epoch, long now)
    {
        int place = flows!.Find(flow.At(to, TrafficDirection.Inbound), now);
        if (place == FlowTable.None)
        {
            // An error is about what the policies admit, or about a reply; and of a connection that is older than this switch the answer may come first.
            return flow.IsError
                ? flows.Find(flow.At(from, TrafficDirection.Outbound), now) != FlowTable.None || back.Admits(packet.EtherType, flow.Protocol, (ushort)flow.At(to, TrafficDirection.Inbound).FarEnd)
                : (flow.StartOf(packet) == FlowStart.Answer && back.Admits(packet.EtherType, packet.Protocol, packet.SourcePort));
        }

        ref var known = ref flows[place];
        if (known.Epoch != epoch)
        {
            if (!back.Admits(packet.EtherType, flow.Protocol, (ushort)known.Key.FarEnd))
            {
                flows.Remove(place);
                return false;
            }

            known.Epoch = epoch;
        }

        if (!flow.IsError)
        {
            known.State = FlowProgress.Next(known.State, isAnswer: true, packet.TcpFlags);
            known.Expires = now + FlowProgress.Timeout(known.State);
        }

        return !packet.IsFragment || Note(packet, vlanId, from, now);
    }

    private bool Note(in PacketHeader packet, int vlanId, uint from, long now)
    {
        var key = PacketFlow.FragmentAt(packet, vlanId, from, TrafficDirection.Outbound);
        if (fragments!.Find(key, now) != FlowTable.None)
        {
            return true;
        }

        if (!fragments.TryMakeRoom(1, now) || !fragments.HasShare(from, 1, now))
        {
            return false;
        }

        ref var note = ref fragments.Add(key);
        note.State = FlowState.Fragment;
        note.Expires = now + FlowProgress.Fragment;
        return true;
    }

    private void SweepAlone(long now)
    {
        flows?.Sweep(SweepPlaces, now);
        fragments?.Sweep(SweepPlaces, now);
    }

    private void Guarded(Action work)
    {
        lock (gate)
        {
            work();
        }
    }
}
