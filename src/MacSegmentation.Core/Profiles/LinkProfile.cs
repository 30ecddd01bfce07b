using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>
/// What one direction of a vNIC is like. Times are one way; octets are those of Ethernet frames without their FCS, as Linux's tc counts them. As a text it is what differs from a direction
/// that changes nothing, with blanks between: <c>Bandwidth=16mbit Latency=25ms LossRate=0.2%</c>, or <c>None</c>.
/// </summary>
public sealed record LinkProfile : IParsable<LinkProfile>
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

    /// <summary>A recording that is replayed: what it tells (bandwidth, latency, loss) holds in place of the values here; null for none.</summary>
    public LinkTrace? Trace { get; init; }

    /// <summary>True if a frame passes as it came.</summary>
    public bool IsNothing => this == None with { QueueLimit = QueueLimit, QueueTime = QueueTime, QueueManagement = QueueManagement, EcnMarking = EcnMarking, Burst = Burst };

    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static LinkProfile Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static LinkProfile Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        var link = None;
        if (string.Equals(s.Trim(), nameof(None), StringComparison.OrdinalIgnoreCase))
        {
            return link;
        }

        string[] parts = s.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string part in parts)
        {
            string[] sides = part.Split('=', 2);
            var member = LinkMember.All.FirstOrDefault(member => string.Equals(member.Name, sides[0], StringComparison.OrdinalIgnoreCase));
            link = member is not null && sides.Length == 2 ? member.Set(link, sides[1]) : throw new FormatException(
                $"'{part}' says nothing of a direction. Give {nameof(None)}, or values such as Bandwidth=16mbit Latency=25ms with blanks between; there are {string.Join(", ", LinkMember.All.Select(known => known.Name))}.");
        }

        return parts.Length > 0 ? link : throw new FormatException($"An empty text says nothing of a direction. Give {nameof(None)}, or values such as Bandwidth=16mbit Latency=25ms with blanks between.");
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out LinkProfile result)
    {
        try
        {
            result = s is null ? null : Parse(s, provider);
        }
        catch (FormatException)
        {
            result = null;
        }

        return result is not null;
    }

    /// <summary>What differs from a direction that changes nothing, a recording in a few words.</summary>
    public string Describe() => Trace is null ? ToString() : string.Join(' ', new[] { this with { Trace = null } == None ? string.Empty : (this with { Trace = null }).ToString(), $"Trace=({Trace.Describe()})" }.Where(part => part.Length > 0));

    /// <summary>What differs from a direction that changes nothing.</summary>
    public override string ToString()
    {
        string[] parts = [.. LinkMember.All.Select(member => (member.Name, Text: member.Get(this), Default: member.Get(None)))
            .Where(member => !string.Equals(member.Text, member.Default, StringComparison.Ordinal)).Select(member => $"{member.Name}={member.Text}")];
        return parts.Length == 0 ? nameof(None) : string.Join(' ', parts);
    }
}
