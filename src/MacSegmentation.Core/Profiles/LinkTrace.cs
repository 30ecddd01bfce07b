using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MacSegmentation.Files;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>
/// A recording of what a link was like over time, which is replayed: packet deliveries (<see cref="TraceFormat.Mahimahi"/>), or bandwidth, delay and loss together
/// (<see cref="TraceFormat.Csv"/>). It is replayed again and again, or once; after that, and for what it does not tell, the values of the profile hold. As a text it is its format, how it is
/// replayed, its digest and its packed content, with colons between.
/// </summary>
public sealed class LinkTrace : IParsable<LinkTrace>, IEquatable<LinkTrace>
{
    /// <summary>Deliveries or rows at most.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Characters of the packed content at most.</summary>
    public const int MaxPackedLength = 1 << 20;

    /// <summary>Octets of an Ethernet frame without FCS that one delivery carries: Mahimahi's 1,504 are an IP packet of 1,500 behind the four octets of a TUN device, which in a frame has a header of 14.</summary>
    public const int DeliveryOctets = 1514;

    private const string Loops = "Loop";
    private const string Ends = "Once";

    private readonly Lazy<TraceContent> content;

    internal LinkTrace(TraceContent content, bool isOnce)
    {
        (Format, IsOnce) = (content.Format, isOnce);
        (Digest, Content) = TracePacking.Pack(content);
        this.content = new Lazy<TraceContent>(content);
    }

    private LinkTrace(TraceFormat format, bool isOnce, string digest, string packed)
    {
        (Format, IsOnce, Digest, Content) = (format, isOnce, digest, packed);

        // A store has many readers, and few of them replay.
        content = new Lazy<TraceContent>(() => TracePacking.Unpack(format, digest, packed));
    }

    /// <summary>What it was read from.</summary>
    public TraceFormat Format { get; }

    /// <summary>True if it is replayed once, false if again and again.</summary>
    public bool IsOnce { get; }

    /// <summary>The beginning of the SHA-256 of its content: 32 hexadecimal digits.</summary>
    public string Digest { get; }

    /// <summary>What it tells, packed.</summary>
    public string Content { get; }

    /// <summary>How long it is: of deliveries until the last one; of rows, the last one holds as long as the one before it.</summary>
    public TimeSpan Duration => content.Value.Duration;

    /// <summary>Number of its deliveries or rows.</summary>
    public int Length => Format == TraceFormat.Mahimahi ? content.Value.Deliveries.Length : Steps.Length;

    /// <summary>True if it tells a loss.</summary>
    internal bool HasLoss => Format == TraceFormat.Csv && Steps[^1].Loss is not null;

    /// <summary>The shortest delay that it tells; null if it tells none.</summary>
    internal TimeSpan? LeastLatency => Steps.IsEmpty ? null : Steps.Min(step => step.Latency);

    private ImmutableArray<TraceStep> Steps => content.Value.Steps;

    /// <summary>Reads a recording.</summary>
    /// <param name="text">What the file holds.</param>
    /// <param name="format">Its format; null to tell it by its first line.</param>
    /// <param name="isOnce">True if it is replayed once.</param>
    /// <param name="name">What the file is called, for errors.</param>
    /// <exception cref="Errors.MacSegmentationException">InvalidTrace, TraceTooLong.</exception>
    public static LinkTrace Read(string text, TraceFormat? format = null, bool isOnce = false, string name = "the trace")
    {
        ArgumentNullException.ThrowIfNull(text);
        var trace = new LinkTrace(TraceFile.Read(text, format, name), isOnce);
        return trace.Content.Length <= MaxPackedLength ? trace : throw TraceFile.TooLong(name, $"{trace.Content.Length} characters packed, and {MaxPackedLength}");
    }

    /// <summary>Reads a recording from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format; null to tell it by its first line.</param>
    /// <param name="isOnce">True if it is replayed once.</param>
    /// <exception cref="Errors.MacSegmentationException">InvalidTrace, TraceTooLong, TraceNotFound, TraceUnreadable, TraceTooLarge.</exception>
    public static LinkTrace ReadFile(string path, TraceFormat? format = null, bool isOnce = false) => Read(TextFile.Read(path, "trace", "TraceNotFound", "TraceUnreadable", "TraceTooLarge"), format, isOnce, path);

    /// <summary>Reads one from its text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static LinkTrace Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static LinkTrace Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        var trace = ParsePacked(s);
        _ = trace.content.Value;
        return trace;
    }

    /// <summary>Reads one that was written by <see cref="ToString"/>, such as a store has; whether its content can be read shows when it is asked for.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static LinkTrace ParsePacked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split(':');
        return parts.Length == 4 && Array.Find(Enum.GetNames<TraceFormat>(), known => Is(known, parts[0])) is { } format && (Is(Loops, parts[1]) || Is(Ends, parts[1])) && parts[3].Length <= MaxPackedLength
            ? new LinkTrace(Enum.Parse<TraceFormat>(format), Is(Ends, parts[1]), parts[2], parts[3])
            : throw new FormatException(
                $"'{(text.Length > 40 ? $"{text[..40]}..." : text)}' is not a packed trace: FORMAT:{Loops} or {Ends}:DIGEST:CONTENT with at most {MaxPackedLength} characters of content. Read a file with New-MacProfile -Trace.");
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out LinkTrace result)
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

    /// <summary>When packets leave, in milliseconds since its beginning, ascending; empty if it has rows.</summary>
    public ImmutableArray<int> GetDeliveries() => content.Value.Deliveries;

    /// <summary>Its rows, ascending; empty if it has deliveries.</summary>
    public ImmutableArray<TraceStep> GetSteps() => content.Value.Steps;

    /// <summary>The file that it can be read from again.</summary>
    public string ToFileText() => TraceFile.Write(content.Value);

    /// <summary>What it is in a few words: <c>Mahimahi, 1024 deliveries, 60s, looped, 3f2a9c1b77de</c>.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{Format}, {Length} {(Format == TraceFormat.Mahimahi ? "deliveries" : "rows")}, {new Duration(Duration)}, {(IsOnce ? "once" : "looped")}, {Digest[..12]}");

    /// <inheritdoc/>
    public bool Equals(LinkTrace? other) =>
        other is not null && Format == other.Format && IsOnce == other.IsOnce && string.Equals(Digest, other.Digest, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LinkTrace);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Format, IsOnce, StringComparer.OrdinalIgnoreCase.GetHashCode(Digest));

    /// <summary>All of it, packed.</summary>
    public override string ToString() => $"{Format}:{(IsOnce ? Ends : Loops)}:{Digest}:{Content}";

    private static bool Is(string known, string text) => string.Equals(known, text, StringComparison.OrdinalIgnoreCase);
}
