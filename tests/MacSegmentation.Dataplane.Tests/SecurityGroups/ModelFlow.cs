using MacSegmentation.Addressing;

namespace MacSegmentation.SecurityGroups;

/// <summary>A flow as <see cref="GroupModel"/> remembers it: its first packet, and what was seen since.</summary>
internal sealed class ModelFlow(long record, int vlanId, TestPacket first, TrafficDirection direction, uint epoch)
{
    private const long Second = 1_000_000_000;

    private bool isAnswered;
    private bool wentOn;
    private bool isEndedByFirst;
    private bool isEndedByAnswer;
    private bool isClosed;

    public long InterfaceId => record;

    public TestPacket First => first;

    public TrafficDirection Direction => direction;

    public uint Epoch { get; set; } = epoch;

    public long LastSeen { get; set; }

    public bool IsWithdrawn { get; set; }

    public long Timeout => Second * first.Protocol switch
    {
        _ when IsWithdrawn => 600,
        TestPacket.Tcp when isClosed => 10,
        TestPacket.Tcp => isAnswered ? 7440 : 60,
        TestPacket.Udp => wentOn ? 300 : 60,
        _ => first.IsEchoRequest ? 60 : 600,
    };

    public bool Has(GroupModel.Side side, int vlan, TestPacket packet) =>
        side.Record!.InterfaceId == record
        && vlan == vlanId
        && packet.Protocol == first.Protocol
        && packet.Identifier == first.Identifier
        && (side.Direction == direction ? Same(packet, first.Source, first.SourcePort, first.Destination, first.DestinationPort) && packet.IsEchoRequest == first.IsEchoRequest
            : Same(packet, first.Destination, first.DestinationPort, first.Source, first.SourcePort) && packet.IsEchoReply == first.IsEchoRequest);

    public void GoOn(TrafficDirection way, byte flags, long now)
    {
        LastSeen = now;
        bool isAnswer = way != direction;
        if (first.Protocol != TestPacket.Tcp)
        {
            wentOn |= isAnswered && !isAnswer;
            isAnswered |= isAnswer;
            return;
        }

        if ((flags & TestPacket.Rst) != 0)
        {
            isClosed = true;
        }
        else if (isClosed)
        {
            if (!isAnswer && (flags & (TestPacket.Syn | TestPacket.Ack)) == TestPacket.Syn)
            {
                Restart();
            }
        }
        else
        {
            bool isEnd = (flags & TestPacket.Fin) != 0;
            isAnswered |= isAnswer;
            isEndedByFirst |= isEnd && !isAnswer;
            isEndedByAnswer |= isEnd && isAnswer;
            isClosed = isEndedByFirst && (isEndedByAnswer || !isAnswered);
        }
    }

    public void Restart() => isAnswered = wentOn = isEndedByFirst = isEndedByAnswer = isClosed = IsWithdrawn = false;

    private static bool Same(TestPacket packet, System.Net.IPAddress source, int sourcePort, System.Net.IPAddress destination, int destinationPort) =>
        packet.Source.Equals(source) && packet.Destination.Equals(destination) && packet.SourcePort == sourcePort && packet.DestinationPort == destinationPort;
}
