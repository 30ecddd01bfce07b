using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>What one direction of a vNIC is like. Times are one way; octets are those of Ethernet frames without their FCS, as Linux's tc counts them.</summary>
public sealed record LinkProfile
{
    /// <summary>Frames that wait at most, unless said otherwise: as many as Linux's netem and fifo have by default.</summary>
    public const int DefaultQueueLimit = 1000;

    /// <summary>A direction that changes nothing.</summary>
    public static LinkProfile None { get; } = new();

    /// <summary>Bits a second, 1 kbit to 100 gbit; null for no limit.</summary>
    public BitRate? Bandwidth { get; init; }

    /// <summary>Octets that may leave at once after a pause (a token bucket's depth), 64 to 1 GiB; 0 for what a millisecond takes, at least one longest frame.</summary>
    public long Burst { get; init; }

    /// <summary>By how much a frame comes later, 0 to 60 s.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much that varies, 0 to 60 s.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How it varies.</summary>
    public JitterDistribution Distribution { get; init; }

    /// <summary>How far a frame's delay follows from that of the one before, 0 to 100 %.</summary>
    public Percentage JitterCorrelation { get; init; }

    /// <summary>What holds where the jitter is greater than the latency.</summary>
    public JitterBound JitterBound { get; init; }

    /// <summary>True if a frame's delay is drawn for itself, so that one may overtake another; without it, order is kept.</summary>
    public bool Reorder { get; init; }

    /// <summary>How many frames are lost, each by itself.</summary>
    public Percentage LossRate { get; init; }

    /// <summary>Loss in bursts, in place of <see cref="LossRate"/>; null for none.</summary>
    public BurstLoss? BurstLoss { get; init; }

    /// <summary>How many frames come twice.</summary>
    public Percentage DuplicateRate { get; init; }

    /// <summary>How many frames have one bit changed.</summary>
    public Percentage CorruptRate { get; init; }

    /// <summary>How many frames are sent at once, without the latency, and so overtake others.</summary>
    public Percentage ReorderRate { get; init; }

    /// <summary>Frames that wait for the bandwidth at most, 1 to 100,000; of each traffic class, where a scheduling class tells them apart, so that none fills another's queue.</summary>
    public int QueueLimit { get; init; } = DefaultQueueLimit;

    /// <summary>How long a frame may wait for the bandwidth, as its queue is when it comes; zero for no such limit.</summary>
    public TimeSpan QueueTime { get; init; }

    /// <summary>Which frames are given up.</summary>
    public QueueManagement QueueManagement { get; init; }

    /// <summary>True if a frame of a transport that can take a mark (RFC 3168) is marked where another one is given up before the queue is full.</summary>
    public bool EcnMarking { get; init; }

    /// <summary>True if a frame passes as it came.</summary>
    public bool IsNothing => this == None with { QueueLimit = QueueLimit, QueueTime = QueueTime, QueueManagement = QueueManagement, EcnMarking = EcnMarking, Burst = Burst };
}
