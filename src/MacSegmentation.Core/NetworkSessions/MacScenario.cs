using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// Which profiles instances have over time: steps, each from its time on. What no step is about yet has what it has without the scenario. As a text it is its name, a colon, and steps with semicolons
/// between: <c>flaky-line: 60s satellite; 120s none student-*; loop 180s</c>; or <c>none</c>.
/// </summary>
public sealed record MacScenario : IParsable<MacScenario>
{
    /// <summary>Instead of a profile: no profile.</summary>
    public const string NoProfile = "none";

    /// <summary>Instead of a profile: what an instance has without the scenario.</summary>
    public const string OwnProfile = "default";

    /// <summary>Begins the time at which a scenario begins anew.</summary>
    internal const string Loop = "loop";

    /// <summary>The longest name, and steps at most.</summary>
    internal const int LongestName = 64;

    /// <summary>Steps at most.</summary>
    internal const int MaxSteps = 1_000;

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(365);

    /// <summary>No scenario.</summary>
    public static MacScenario None { get; } = new() { Name = NoProfile };

    /// <summary>Its name, by which changes are told.</summary>
    public required string Name { get; init; }

    /// <summary>Its steps by their times; those of the same time in their sequence, of which the last one about an instance counts.</summary>
    public ImmutableArray<ScenarioStep> Steps { get; init; } = [];

    /// <summary>After how long it begins anew; null for never: then its last steps hold.</summary>
    public TimeSpan? LoopAfter { get; init; }

    /// <summary>All of it as a text, by which it comes back from where objects are saved.</summary>
    public string Text => ToString();

    /// <summary>True if it has no steps.</summary>
    public bool IsNone => Steps.IsEmpty;

    /// <summary>Reads one from its text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none, or its times go back.</exception>
    public static MacScenario Parse(string text) => Parse(text, provider: null);

    /// <inheritdoc/>
    public static MacScenario Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        if (string.Equals(s.Trim(), NoProfile, StringComparison.OrdinalIgnoreCase))
        {
            return None;
        }

        int colon = s.IndexOf(':', StringComparison.Ordinal);
        var steps = ImmutableArray.CreateBuilder<ScenarioStep>();
        TimeSpan? loop = null;
        foreach (string part in colon < 0 ? [] : s[(colon + 1)..].Split(';'))
        {
            string[] words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 2 && loop is null && string.Equals(words[0], Loop, StringComparison.OrdinalIgnoreCase))
            {
                loop = Duration.Parse(words[1]).Value;
                continue;
            }

            if (loop is not null || words.Length is < 2 or > 3)
            {
                throw new FormatException($"'{part.Trim()}' is no step of a scenario. Give a time, a profile and if need be an instance, such as 60s satellite student-*; or at the end {Loop} and a time.");
            }

            steps.Add(new ScenarioStep(Duration.Parse(words[0]).Value, Uri.UnescapeDataString(words[1]), words.Length == 3 ? Uri.UnescapeDataString(words[2]) : null));
        }

        if (colon < 0)
        {
            throw new FormatException($"'{s}' is not a scenario. Give the path of a file, {NoProfile}, or a name with steps such as flaky-line: 60s satellite; 120s none.");
        }

        try
        {
            return new MacScenario { Name = s[..colon].Trim(), Steps = steps.ToImmutable(), LoopAfter = loop }.Validate();
        }
        catch (MacSegmentationException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out MacScenario result)
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

    /// <summary>Which step holds for an instance at a time.</summary>
    /// <param name="instance">Its name, or null.</param>
    /// <param name="time">Since the beginning.</param>
    /// <returns>The step's place, from 0 on, or −1 if none does yet; and when any step comes next, since the beginning, or null if none does.</returns>
    public (int Step, TimeSpan? Next) At(string? instance, TimeSpan time)
    {
        var lap = LoopAfter is { } length && time >= length ? new TimeSpan(time.Ticks / length.Ticks * length.Ticks) : TimeSpan.Zero;
        int step = -1;
        TimeSpan? next = lap + LoopAfter;
        for (int i = 0; i < Steps.Length; i++)
        {
            if (lap + Steps[i].After > time)
            {
                next = lap + Steps[i].After;
                break;
            }

            step = Steps[i].IsFor(instance) ? i : step;
        }

        return (step, next);
    }

    /// <inheritdoc/>
    public bool Equals(MacScenario? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal) && LoopAfter == other.LoopAfter && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Name), LoopAfter, Steps.Length);

    /// <summary>Its text.</summary>
    public override string ToString() => IsNone ? NoProfile : $"{Name}: {string.Join("; ", Steps.Select(TextOf).Concat(LoopAfter is { } loop ? [$"{Loop} {new Duration(loop)}"] : []))}";

    /// <summary>The scenario, if it can be one.</summary>
    /// <param name="place">How a step is called in errors; null for <c>step 3</c>.</param>
    /// <exception cref="MacSegmentationException">InvalidScenario.</exception>
    internal MacScenario Validate(Func<int, string>? place = null)
    {
        place ??= static step => $"step {step + 1}";
        if (Name.Trim().Length is 0 or > LongestName || Name.Any(symbol => symbol is ':' or ';' || char.IsControl(symbol)) || Is(Name, NoProfile))
        {
            throw Invalid($"'{Name}' cannot be its name. Give 1 to {LongestName} characters without colons and semicolons, not {NoProfile}");
        }

        if (Steps.Length is 0 or > MaxSteps)
        {
            throw Invalid(Steps.IsEmpty ? "it has no steps. Give at least one: a time and a profile" : $"it has {Steps.Length} steps. At most {MaxSteps} are allowed");
        }

        var before = TimeSpan.Zero;
        for (int i = 0; i < Steps.Length; i++)
        {
            var step = Steps[i];
            if (step.After < TimeSpan.Zero || step.After > LongestTime)
            {
                throw Invalid($"{place(i)} comes after {new Duration(step.After)}. Give 0 to {new Duration(LongestTime)} since the scenario's beginning");
            }

            if (step.After < before)
            {
                throw Invalid($"{place(i)} comes after {new Duration(step.After)}, and the one before it after {new Duration(before)}. Times count from the scenario's beginning and do not go back");
            }

            if (string.IsNullOrWhiteSpace(step.Profile) || step.Profile.Length > LongestName)
            {
                throw Invalid($"{place(i)} names no profile. Give one, {NoProfile}, or {OwnProfile} for what instances have without the scenario");
            }

            before = step.After;
        }

        return LoopAfter is not { } loop || (loop > before && loop <= LongestTime) ? this
            : throw Invalid($"it begins anew after {new Duration(loop)}, which is not after its last step at {new Duration(before)}. Give a longer time up to {new Duration(LongestTime)}, or none");
    }

    /// <summary>What a word of a step means.</summary>
    /// <param name="profile">The step's profile.</param>
    /// <returns>The profile or null; and true if it is that which the instance has without the scenario.</returns>
    public static (string? Profile, bool IsOwn) Resolve(string profile) => Is(profile, OwnProfile) ? (null, true) : Is(profile, NoProfile) ? (null, false) : (profile, false);

    private static string TextOf(ScenarioStep step) => $"{new Duration(step.After)} {Word(step.Profile)}{(step.Instance is null ? string.Empty : $" {Word(step.Instance)}")}";

    /// <summary>A name without what stands between words and steps.</summary>
    private static string Word(string name) => name.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static bool Is(string text, string word) => string.Equals(text.Trim(), word, StringComparison.OrdinalIgnoreCase);

    private MacSegmentationException Invalid(string what) => new("InvalidScenario", MacErrorKind.InvalidArgument, $"Scenario '{Name}': {what}.", Name);
}
