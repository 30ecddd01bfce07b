using System.Collections.Immutable;
using System.Text.Json;
using MacSegmentation.Errors;
using MacSegmentation.Files;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// Scenarios as files. JSON: <c>{ "name": "flaky-line", "loop": "180s", "steps": [ { "after": "60s", "profile": "satellite", "instance": "student-*" } ] }</c>. CSV: a first line of
/// <c>after,profile,instance</c>, of which the last may be left out, and a row for each step; a row whose profile is <c>loop</c> says when it begins anew.
/// </summary>
public static class ScenarioFile
{
    private const string After = "after";
    private const string Profile = "profile";
    private const string Instance = "instance";

    /// <summary>Reads a file. Its name is the scenario's, unless it says another.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MacSegmentationException">InvalidScenario, with the line or the step; ScenarioNotFound, ScenarioUnreadable, ScenarioTooLarge.</exception>
    public static MacScenario ReadFile(string path) => Read(TextFile.Read(path, "scenario", "ScenarioNotFound", "ScenarioUnreadable", "ScenarioTooLarge"), Path.GetFileNameWithoutExtension(path));

    /// <summary>Reads one.</summary>
    /// <param name="text">What the file holds.</param>
    /// <param name="name">What the scenario is called if the file does not say it: the file's name.</param>
    /// <exception cref="MacSegmentationException">InvalidScenario, with the line or the step.</exception>
    public static MacScenario Read(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return text.AsSpan().TrimStart() is ['{', ..] ? ReadJson(text, name) : ReadRows(text, name);
    }

    private static MacScenario ReadJson(string text, string name)
    {
        var (steps, loop) = (ImmutableArray.CreateBuilder<ScenarioStep>(), default(TimeSpan?));
        string at = "it";
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var member in json.RootElement.EnumerateObject())
            {
                switch (member.Name.ToUpperInvariant())
                {
                    case "NAME":
                        name = member.Value.GetString() ?? name;
                        break;
                    case "LOOP":
                        at = "its loop";
                        loop = Time(member.Value);
                        break;
                    case "STEPS":
                        foreach (var step in member.Value.EnumerateArray())
                        {
                            at = $"step {steps.Count + 1}";
                            steps.Add(ReadStep(step));
                        }

                        break;
                    default:
                        throw new FormatException($"has a member '{member.Name}'; there are name, loop and steps");
                }

                at = "it";
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw Invalid(name, $"{at} cannot be read: {error.Message.TrimEnd('.')}");
        }

        return new MacScenario { Name = name, Steps = steps.ToImmutable(), LoopAfter = loop }.Validate();
    }

    private static ScenarioStep ReadStep(JsonElement step)
    {
        var (after, profile, instance) = (default(TimeSpan?), default(string), default(string));
        foreach (var member in step.EnumerateObject())
        {
            switch (member.Name.ToUpperInvariant())
            {
                case "AFTER":
                    after = Time(member.Value);
                    break;
                case "PROFILE":
                    profile = member.Value.GetString() ?? MacScenario.NoProfile;
                    break;
                case "INSTANCE":
                    instance = member.Value.GetString();
                    break;
                default:
                    throw new FormatException($"it has a member '{member.Name}'; there are {After}, {Profile} and {Instance}");
            }
        }

        return after is { } time && profile is not null ? new ScenarioStep(time, profile, instance) : throw new FormatException($"it lacks {(after is null ? After : Profile)}");
    }

    private static TimeSpan Time(JsonElement value) => Duration.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Value;

    private static MacScenario ReadRows(string text, string name)
    {
        var lines = text.Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        char separator = lines.Count > 0 && lines[0].Text.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        string[] columns = lines.Count == 0 ? [] : [.. Cells(lines[0].Text).Select(cell => cell.ToLowerInvariant())];
        if (columns is not ([After, Profile] or [After, Profile, Instance]))
        {
            throw Invalid(name, $"the first line is not {After},{Profile},{Instance}, nor is it JSON");
        }

        var (steps, places, loop) = (ImmutableArray.CreateBuilder<ScenarioStep>(), new List<int>(), default(TimeSpan?));
        foreach (var (line, number) in lines.Skip(1))
        {
            string[] cells = Cells(line);
            if (loop is not null || cells.Length < 2 || cells.Length > columns.Length || !Duration.TryParse(cells[0], provider: null, out var after))
            {
                throw Invalid(
                    name,
                    loop is not null ? $"line {number} comes after the one that says when it begins anew" : $"line {number} is not a time such as 60s, a profile{(columns.Length == 3 ? ", and an instance or nothing" : string.Empty)}");
            }

            if (string.Equals(cells[1], MacScenario.Loop, StringComparison.OrdinalIgnoreCase))
            {
                loop = after.Value;
                continue;
            }

            steps.Add(new ScenarioStep(after.Value, cells[1], cells.Length == 3 && cells[2].Length > 0 ? cells[2] : null));
            places.Add(number);
        }

        return new MacScenario { Name = name, Steps = steps.ToImmutable(), LoopAfter = loop }.Validate(step => $"line {places[step]}");

        string[] Cells(string line) => [.. line.Split(separator).Select(cell => cell.Trim().Trim('"').Trim())];
    }

    private static MacSegmentationException Invalid(string name, string what) => new("InvalidScenario", MacErrorKind.InvalidArgument, $"Scenario '{name}': {what}.", name);
}
