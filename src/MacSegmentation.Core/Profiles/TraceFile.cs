using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>Recordings as files: of Mahimahi, a millisecond a line; of CSV, a line of names and then rows. Empty lines, and those that begin with #, say nothing.</summary>
internal static class TraceFile
{
    private static readonly BitRate LowestRate = new(1_000);
    private static readonly BitRate HighestRate = new(100_000_000_000);
    private static readonly TimeSpan LongestLatency = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);

    /// <summary>What columns may be called.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["time"] = Time, ["rate"] = Rate, ["bandwidth"] = Rate, ["delay"] = Delay, ["latency"] = Delay, ["loss"] = Loss, ["lossrate"] = Loss,
    };

    private const string Time = "time";
    private const string Rate = "rate";
    private const string Delay = "delay";
    private const string Loss = "loss";

    public static TraceContent Read(string text, TraceFormat? format, string name)
    {
        var lines = text.Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0)
        {
            throw new MacSegmentationException(
                "InvalidTrace", MacErrorKind.InvalidArgument, $"Trace '{name}' is empty. Give one of Mahimahi, which has a millisecond in each line, or a CSV of time, rate, delay and loss.", name);
        }

        return (format ?? (lines[0].Text.All(char.IsAsciiDigit) ? TraceFormat.Mahimahi : TraceFormat.Csv)) == TraceFormat.Mahimahi ? ReadDeliveries(lines, name) : ReadSteps(lines, name);
    }

    public static string Write(TraceContent content)
    {
        var text = new StringBuilder();
        if (content.Format == TraceFormat.Mahimahi)
        {
            foreach (int delivery in content.Deliveries)
            {
                text.Append(CultureInfo.InvariantCulture, $"{delivery}\n");
            }

            return text.ToString();
        }

        var last = content.Steps[^1];
        text.Append(Time).Append(last.Bandwidth is null ? string.Empty : $",{Rate}").Append(last.Latency is null ? string.Empty : $",{Delay}").Append(last.Loss is null ? "\n" : $",{Loss}\n");
        foreach (var step in content.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"{step.At.Ticks / (decimal)TimeSpan.TicksPerSecond}");
            text.Append(last.Bandwidth is null ? string.Empty : $",{step.Bandwidth}")
                .Append(last.Latency is null ? string.Empty : step.Latency is { } latency ? $",{new DelayTime(latency)}" : ",")
                .Append(last.Loss is null ? "\n" : $",{step.Loss}\n");
        }

        return text.ToString();
    }

    /// <summary>True if rows are in sequence, and such that a link with them comes to an end with what waits.</summary>
    public static bool AreRight(IReadOnlyList<TraceStep> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if ((i == 0 ? step.At != TimeSpan.Zero : step.At <= steps[i - 1].At) || (step.Bandwidth is { } rate && !IsRate(rate)) || step.Latency > LongestLatency || step.Loss?.PartsPerMillion > Percentage.All.PartsPerMillion)
            {
                return false;
            }
        }

        return steps.Count is > 0 and <= LinkTrace.MaxLength && steps[^1].At <= LongestTime && !steps.All(step => step.Bandwidth is { BitsPerSecond: 0 });
    }

    public static MacSegmentationException TooLong(string name, string what) => new(
        "TraceTooLong", MacErrorKind.InvalidArgument, $"Trace '{name}' is too long: it has {what} are allowed. Give a part of it; it is replayed again and again.", name);

    private static TraceContent ReadDeliveries(List<(string Text, int Number)> lines, string name)
    {
        if (lines.Count > LinkTrace.MaxLength)
        {
            throw TooLong(name, $"{lines.Count} deliveries, and {LinkTrace.MaxLength}");
        }

        var deliveries = ImmutableArray.CreateBuilder<int>(lines.Count);
        int before = 0;
        foreach (var (text, number) in lines)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int time) || time > LongestTime.TotalMilliseconds)
            {
                throw Invalid(name, number, $"'{Short(text)}' is not a millisecond of a packet's delivery. Each line is a whole number from 0 to {LongestTime.TotalMilliseconds}");
            }

            if (time < before)
            {
                throw Invalid(name, number, $"{time} comes after {before}. Times do not go back");
            }

            deliveries.Add(before = time);
        }

        return before > 0 ? new TraceContent(TraceFormat.Mahimahi, deliveries.ToImmutable(), []) : throw Invalid(name, lines[^1].Number, "all deliveries are at 0. The last time says when the trace begins anew, and is above 0");
    }

    private static TraceContent ReadSteps(List<(string Text, int Number)> lines, string name)
    {
        if (lines.Count - 1 > LinkTrace.MaxLength)
        {
            throw TooLong(name, $"{lines.Count - 1} rows, and {LinkTrace.MaxLength}");
        }

        char separator = Array.Find([',', ';', '\t'], lines[0].Text.Contains) is var found && found != default ? found : ',';
        string[] names = Cells(lines[0].Text);
        string[] columns = [.. names.Select(column => Columns.GetValueOrDefault(column) ?? throw Invalid(name, lines[0].Number, $"there is no column '{Short(column)}'. The first line names columns: time, and any of rate, delay and loss"))];
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length || !columns.Contains(Time, StringComparer.Ordinal) || columns.Length < 2 || lines.Count < 2)
        {
            throw Invalid(name, lines[0].Number, "the first line names time and any of rate, delay and loss, each once, and rows follow");
        }

        var steps = ImmutableArray.CreateBuilder<TraceStep>(lines.Count - 1);
        var (first, step) = (TimeSpan.Zero, default(TraceStep));
        foreach (var (text, number) in lines.Skip(1))
        {
            string[] cells = Cells(text);
            if (cells.Length != columns.Length)
            {
                throw Invalid(name, number, $"there are {cells.Length} values for {columns.Length} columns");
            }

            // An empty cell says the same as the row before.
            TimeSpan? time = null;
            for (int i = 0; i < cells.Length; i++)
            {
                try
                {
                    (step, time) = columns[i] switch
                    {
                        Time => (step, Duration.Parse(cells[i]).Value),
                        _ when cells[i].Length == 0 => (step, time),
                        Rate => (step with { Bandwidth = BitRate.Parse(cells[i]) }, time),
                        Delay => (step with { Latency = DelayTime.Parse(cells[i]).Value }, time),
                        _ => (step with { Loss = Percentage.Parse(cells[i]) }, time),
                    };
                }
                catch (FormatException error)
                {
                    throw Invalid(name, number, error.Message.TrimEnd('.'));
                }
            }

            Check(step, name, number);
            first = steps.Count == 0 ? time!.Value : first;
            if (steps.Count > 0 && time - first <= steps[^1].At)
            {
                throw Invalid(name, number, $"{new Duration(time!.Value)} comes after {new Duration(steps[^1].At + first)}. Each row is later than the one before");
            }

            steps.Add(step with { At = time!.Value - first });
        }

        if (steps[^1].At > LongestTime)
        {
            throw TooLong(name, $"{new Duration(steps[^1].At)}, and {new Duration(LongestTime)}");
        }

        return AreRight(steps) ? new TraceContent(TraceFormat.Csv, [], steps.ToImmutable()) : throw Invalid(name, lines[^1].Number, "the rate is 0 in all rows. Nothing would ever pass; give a loss of 100% for that");

        string[] Cells(string line) => [.. line.Split(separator).Select(cell => cell.Trim().Trim('"').Trim())];
    }

    private static void Check(TraceStep step, string name, int line)
    {
        if (step.Bandwidth is { } rate && !IsRate(rate))
        {
            throw Invalid(name, line, $"{rate} is no bandwidth. Give one from {LowestRate} to {HighestRate}, or 0 while nothing passes");
        }

        if (step.Latency is { } latency && (latency < TimeSpan.Zero || latency > LongestLatency))
        {
            throw Invalid(name, line, $"{new DelayTime(latency)} is no delay. Give 0ms to {new DelayTime(LongestLatency)}");
        }

        if (step.Loss is { } loss && (loss.PartsPerMillion < 0 || loss.PartsPerMillion > Percentage.All.PartsPerMillion))
        {
            throw Invalid(name, line, $"{loss} is no loss. Give 0% to 100%");
        }
    }

    private static bool IsRate(BitRate rate) => rate.BitsPerSecond == 0 || (rate >= LowestRate && rate <= HighestRate);

    private static string Short(string text) => text.Length > 40 ? $"{text[..40]}..." : text;

    private static MacSegmentationException Invalid(string name, int line, string what) =>
        new("InvalidTrace", MacErrorKind.InvalidArgument, $"Trace '{name}', line {line}: {what}.", name);
}
