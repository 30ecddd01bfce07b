using System.Globalization;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>A value of one direction by its name: as text, and set from text.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Get">Its text.</param>
/// <param name="Set">The direction with another value.</param>
internal sealed record LinkMember(string Name, Func<LinkProfile, string> Get, Func<LinkProfile, string, LinkProfile> Set)
{
    /// <summary>All, in the sequence in which they are written.</summary>
    public static IReadOnlyList<LinkMember> All { get; } =
    [
        new(nameof(LinkProfile.Bandwidth), link => link.Bandwidth?.ToString() ?? Absent, (link, text) => link with { Bandwidth = IsAbsent(text) ? null : BitRate.Parse(text) }),
        new(nameof(LinkProfile.Burst), link => Text(link.Burst), (link, text) => link with { Burst = Number(text) }),
        new(nameof(LinkProfile.Latency), link => Text(link.Latency), (link, text) => link with { Latency = Time(text) }),
        new(nameof(LinkProfile.Jitter), link => Text(link.Jitter), (link, text) => link with { Jitter = Time(text) }),
        new(nameof(LinkProfile.Distribution), link => link.Distribution.ToString(), (link, text) => link with { Distribution = Choice<JitterDistribution>(text) }),
        new(nameof(LinkProfile.JitterCorrelation), link => link.JitterCorrelation.ToString(), (link, text) => link with { JitterCorrelation = Percentage.Parse(text) }),
        new(nameof(LinkProfile.JitterBound), link => link.JitterBound.ToString(), (link, text) => link with { JitterBound = Choice<JitterBound>(text) }),
        new(nameof(LinkProfile.Reorder), link => link.Reorder.ToString(), (link, text) => link with { Reorder = Flag(text) }),
        new(nameof(LinkProfile.LossRate), link => link.LossRate.ToString(), (link, text) => link with { LossRate = Percentage.Parse(text) }),
        new(nameof(LinkProfile.BurstLoss), link => link.BurstLoss?.ToString() ?? Absent, (link, text) => link with { BurstLoss = IsAbsent(text) ? null : BurstLoss.Parse(text) }),
        new(nameof(LinkProfile.DuplicateRate), link => link.DuplicateRate.ToString(), (link, text) => link with { DuplicateRate = Percentage.Parse(text) }),
        new(nameof(LinkProfile.CorruptRate), link => link.CorruptRate.ToString(), (link, text) => link with { CorruptRate = Percentage.Parse(text) }),
        new(nameof(LinkProfile.ReorderRate), link => link.ReorderRate.ToString(), (link, text) => link with { ReorderRate = Percentage.Parse(text) }),
        new(nameof(LinkProfile.QueueLimit), link => Text(link.QueueLimit), (link, text) => link with { QueueLimit = (int)Math.Clamp(Number(text), int.MinValue, int.MaxValue) }),
        new(nameof(LinkProfile.QueueTime), link => Text(link.QueueTime), (link, text) => link with { QueueTime = Time(text) }),
        new(nameof(LinkProfile.QueueManagement), link => link.QueueManagement.ToString(), (link, text) => link with { QueueManagement = Choice<QueueManagement>(text) }),
        new(nameof(LinkProfile.EcnMarking), link => link.EcnMarking.ToString(), (link, text) => link with { EcnMarking = Flag(text) }),
        new(nameof(LinkProfile.Trace), link => link.Trace?.ToString() ?? Absent, (link, text) => link with { Trace = IsAbsent(text) ? null : LinkTrace.Parse(text) }),
    ];

    private const string Absent = "None";

    private static bool IsAbsent(string text) => string.Equals(text, Absent, StringComparison.OrdinalIgnoreCase);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => new DelayTime(time).ToString();

    private static TimeSpan Time(string text) => DelayTime.Parse(text).Value;

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new FormatException($"'{text}' is not a whole number.");

    private static bool Flag(string text) => bool.TryParse(text, out bool flag) ? flag : throw new FormatException($"'{text}' is neither True nor False.");

    private static T Choice<T>(string text)
        where T : struct, Enum =>
        Array.Find(Enum.GetNames<T>(), name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : throw new FormatException($"'{text}' is none of the values. Give one of {string.Join(", ", Enum.GetNames<T>())}.");
}
