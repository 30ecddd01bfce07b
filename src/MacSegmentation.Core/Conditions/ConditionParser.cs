using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Conditions;

/// <summary>Reads a condition by descent: <c>or</c> of <c>and</c>s of comparisons and of conditions in parentheses.</summary>
/// <param name="text">The text.</param>
/// <param name="metrics">What it may ask about.</param>
internal sealed class ConditionParser(string text, IReadOnlyList<ConditionMetric> metrics)
{
    /// <summary>The longest time within which anything is counted.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromHours(1);

    /// <summary>The shortest: whoever counts looks every 100 ms.</summary>
    public static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);

    /// <summary>Parentheses in each other: more than anybody writes, and no more than the stack bears.</summary>
    private const int MaxDepth = 16;

    private const string Signs = "<>=!";
    private int start;
    private string token = string.Empty;

    /// <summary>Reads the whole text.</summary>
    public MacCondition Parse()
    {
        if (text.Length > MacCondition.MaxLength)
        {
            throw Invalid($"A condition has at most {MacCondition.MaxLength} characters, and this one has {text.Length}. Say it shorter, or in several triggers.");
        }

        Move();
        var condition = ReadAny(depth: 0);
        return token.Length == 0 ? condition : throw Expected("'and', 'or' or the end");
    }

    private MacCondition ReadAny(int depth) => ReadList("or", needsAll: false, () => ReadList("and", needsAll: true, () => ReadTerm(depth)));

    private MacCondition ReadList(string word, bool needsAll, Func<MacCondition> readOne)
    {
        var terms = new List<MacCondition> { readOne() };
        while (Is(word))
        {
            Move();
            terms.Add(readOne());
        }

        return MacConditionList.Of(needsAll, terms);
    }

    private MacCondition ReadTerm(int depth)
    {
        if (!Is("("))
        {
            return ReadComparison();
        }

        if (depth == MaxDepth)
        {
            throw Expected($"at most {MaxDepth} parentheses in each other");
        }

        Move();
        var inner = ReadAny(depth + 1);
        if (!Is(")"))
        {
            throw Expected("'and', 'or' or ')'");
        }

        Move();
        return inner;
    }

    private MacConditionComparison ReadComparison()
    {
        var metric = metrics.FirstOrDefault(known => string.Equals(known.Name, token, StringComparison.OrdinalIgnoreCase))
            ?? throw Expected($"{string.Join(", ", metrics.Select(known => known.Name))} or '('");
        Move();
        if (metric.Unit == ConditionUnit.State)
        {
            return new MacConditionComparison(metric, ConditionOperator.GreaterOrEqual, threshold: 1, TimeSpan.Zero);
        }

        if (!ConditionNumber.TryRead(token, out ConditionOperator comparison))
        {
            throw Expected("one of > >= < <=");
        }

        Move();
        if (!ConditionNumber.TryRead(metric.Unit, token, out long threshold))
        {
            throw Expected(ConditionNumber.Describe(metric.Unit));
        }

        Move();
        return new MacConditionComparison(metric, comparison, threshold, metric.IsWindowed ? ReadWindow(metric) : TimeSpan.Zero);
    }

    private TimeSpan ReadWindow(ConditionMetric metric)
    {
        if (!Is("within"))
        {
            throw Expected($"'within' and a time, because {metric.Name} is counted");
        }

        Move();
        if (!Duration.TryParse(token, provider: null, out var window) || window.Value < MinWindow || window.Value > MaxWindow)
        {
            throw Expected($"a time from {new Duration(MinWindow)} to {new Duration(MaxWindow)}, such as 10s");
        }

        Move();
        return window.Value;
    }

    private bool Is(string word) => string.Equals(token, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Goes on to the next word, sign or parenthesis; the empty text at the end.</summary>
    private void Move()
    {
        start += token.Length;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        int end = start;
        if (end < text.Length && text[end] is ('(' or ')'))
        {
            end++;
        }
        else if (end < text.Length)
        {
            bool isSign = Signs.Contains(text[end]);
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')') && Signs.Contains(text[end]) == isSign)
            {
                end++;
            }
        }

        token = text[start..end];
    }

    private MacSegmentationException Expected(string what) =>
        Invalid($"'{Shown(text)}' is not a condition: at character {start + 1}: {(token.Length == 0 ? "it ends" : $"'{Shown(token)}'")}, expected {what}.");

    private static string Shown(string part) => new([.. part.Select(sign => char.IsControl(sign) ? ' ' : sign)]);

    private MacSegmentationException Invalid(string sentence) => new("InvalidCondition", MacErrorKind.InvalidArgument, sentence, text);
}
