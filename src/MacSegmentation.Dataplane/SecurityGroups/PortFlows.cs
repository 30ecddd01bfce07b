using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;

namespace MacSegmentation.SecurityGroups;

/// <summary>The flows that ports have admitted, and what each port says to a packet by them and by its rules.</summary>
/// <param name="table">Holds the flows.</param>
internal sealed class PortFlows(FlowTable table)
{
    /// <summary>Asks a port about a packet: by the flow that it belongs to, or else by the rules. Nothing new is remembered.</summary>
    /// <param name="port">The port's groups.</param>
    /// <param name="direction">Which way the packet passes the port.</param>
    /// <param name="flow">The packet's flow.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="epoch">Number of the tables in force.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <param name="foreseen">What <see cref="FlowTable.Foresee"/> said of the flow at this port.</param>
    public Finding Judge(PortGroups port, TrafficDirection direction, in PacketFlow flow, in PacketHeader packet, uint epoch, long now, int foreseen = FlowTable.Unforeseen)
    {
        if (!port.IsStateful)
        {
            return port.Restricts(direction) ? JudgeByRules(port, direction, packet, flow.StartOf(packet)) : Finding.Passed;
        }

        int place = flow.IsKnown ? table.Find(flow.At(port.Number, direction), now, foreseen) : FlowTable.None;
        if (place != FlowTable.None && table[place].Epoch != epoch)
        {
            JudgeAnew(port, place, flow, epoch, now);
        }

        FlowStart start;
        if (place == FlowTable.None)
        {
            start = flow.StartOf(packet);
        }
        else
        {
            ref var known = ref table[place];
            if (known.State != FlowState.Withdrawn)
            {
                return flow.IsError ? Finding.Passed : Finding.GoesOn(place);
            }

            // Nobody can tell a new talk of the same two ends from the one that was withdrawn, but by TCP's first packet.
            known.Expires = now + FlowProgress.Withdrawn;
            start = TcpFlags.IsOpening(packet.TcpFlags) && !flow.IsError ? FlowStart.Flow : FlowStart.Never;
        }

        return JudgeByRules(port, direction, packet, start);
    }

    /// <summary>Takes a packet into account that goes on with a flow; other findings leave nothing to do.</summary>
    /// <param name="finding">What the port said, and the other port admitted.</param>
    /// <param name="direction">Which way the packet passes the port.</param>
    /// <param name="tcpFlags">The packet's TCP flags.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public void GoOn(Finding finding, TrafficDirection direction, byte tcpFlags, long now)
    {
        if (finding.IsGoingOn)
        {
            ref var flow = ref table[finding.Place];
            bool isAnswer = flow.BeganOutbound != (direction == TrafficDirection.Outbound);
            flow.State = FlowProgress.Next(flow.State, isAnswer, tcpFlags);
            flow.Expires = now + FlowProgress.Timeout(flow.State);
        }
    }

    /// <summary>Remembers a flow that a packet begins, in place of a withdrawn one. There is room for it.</summary>
    /// <param name="port">The port's groups.</param>
    /// <param name="direction">Which way the packet passes the port.</param>
    /// <param name="flow">The packet's flow.</param>
    /// <param name="packet">The packet's headers.</param>
    /// <param name="epoch">Number of the tables in force.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public void Begin(PortGroups port, TrafficDirection direction, in PacketFlow flow, in PacketHeader packet, uint epoch, long now)
    {
        var key = flow.At(port.Number, direction);
        int withdrawn = table.Find(key, now);
        if (withdrawn != FlowTable.None)
        {
            table.Remove(withdrawn);
        }

        ref var begun = ref table.Add(key);
        bool isAnswer = flow.StartOf(packet) == FlowStart.Answer;
        begun.State = FlowProgress.Next(FlowProgress.Begin(flow.Protocol, flow.IsEcho), isAnswer, packet.TcpFlags);
        begun.Expires = now + FlowProgress.Timeout(begun.State);
        begun.Epoch = epoch;
        begun.BeganOutbound = (direction == TrafficDirection.Outbound) != isAnswer;
    }

    private static Finding JudgeByRules(PortGroups port, TrafficDirection direction, in PacketHeader packet, FlowStart start)
    {
        var remote = direction == TrafficDirection.Outbound ? packet.Destination : packet.Source;
        if (start == FlowStart.Answer
            && port.Judge(Opposite(direction), packet.Protocol, packet.SourcePort, remote, withoutFlow: false) != RuleAdmission.Stateful)
        {
            start = FlowStart.Never;
        }

        return port.Judge(direction, packet.Protocol, packet.DestinationPort, remote, withoutFlow: start == FlowStart.Never) switch
        {
            RuleAdmission.None => Finding.Refused,
            RuleAdmission.Stateful when start is FlowStart.Flow or FlowStart.Answer => Finding.Begins,
            _ => Finding.Passed,
        };
    }

    private static TrafficDirection Opposite(TrafficDirection direction) =>
        direction == TrafficDirection.Inbound ? TrafficDirection.Outbound : TrafficDirection.Inbound;

    /// <summary>Judges a flow of former tables by the direction in which it began: what it withdraws is kept, or the other side would begin it again.</summary>
    private void JudgeAnew(PortGroups port, int place, in PacketFlow packet, uint epoch, long now)
    {
        ref var flow = ref table[place];
        var direction = flow.BeganOutbound ? TrafficDirection.Outbound : TrafficDirection.Inbound;
        ushort destinationPort = (ushort)(flow.BeganOutbound ? flow.Key.FarEnd : flow.Key.NearEnd);
        flow.Epoch = epoch;
        if (port.Judge(direction, packet.Protocol, destinationPort, flow.Key.Far, withoutFlow: false) != RuleAdmission.Stateful)
        {
            flow.State = FlowState.Withdrawn;
        }
        else if (flow.State == FlowState.Withdrawn)
        {
            flow.State = FlowProgress.Begin(packet.Protocol, packet.IsEcho);
            flow.Expires = now + FlowProgress.Timeout(flow.State);
        }
    }
}
