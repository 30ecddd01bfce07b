using System.Globalization;
using System.Net;
using System.Text;

namespace MacSegmentation.SessionReports;

/// <summary>A picture of values over time as SVG within a page: lines of steps over a grid, and grey where nothing was measured. Colours are the page's.</summary>
internal static class LineChart
{
    private const double Width = 640;
    private const double Height = 150;
    private const double Left = 64;
    private const double Top = 10;
    private const double Bottom = 24;
    private const int GridLines = 4;

    /// <summary>Steps that are drawn of a line: more are narrower than a dot, and make a page large.</summary>
    private const int MostSteps = 500;

    /// <summary>Writes one.</summary>
    /// <param name="html">The page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="since">The beginning of the time.</param>
    /// <param name="until">Its end, later.</param>
    /// <param name="lines">The lines; one without steps is left out.</param>
    /// <param name="gaps">When nothing was measured.</param>
    /// <param name="describe">A value as text, for the scale.</param>
    public static void Write(
        StringBuilder html, string title, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<ChartLine> lines, IReadOnlyList<ReportedTime> gaps, Func<double, string> describe)
    {
        double top = Scale(lines.SelectMany(line => line.Steps).Select(step => step.Value).DefaultIfEmpty().Max());
        double X(DateTimeOffset time) => Left + ((Width - Left) * Math.Clamp((time - since) / (until - since), 0, 1));
        double Y(double value) => Top + ((Height - Top - Bottom) * (1 - Math.Clamp(value / top, 0, 1)));
        Add(html, $"<figure><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(title)}\">");
        foreach (var gap in gaps)
        {
            Add(html, $"<rect class=\"gap\" x=\"{X(gap.Since):0.#}\" y=\"{Top}\" width=\"{Math.Max(0.5, X(gap.Until) - X(gap.Since)):0.#}\" height=\"{Height - Top - Bottom}\"><title>not measured</title></rect>");
        }

        for (int i = 0; i <= GridLines; i++)
        {
            double value = top * i / GridLines;
            Add(html, $"<path class=\"grid\" d=\"M{Left} {Y(value):0.#}H{Width}\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{Text(describe(value))}</text>");
        }

        Add(html, $"<text x=\"{Left}\" y=\"{Height - 6}\">{Moment(since)}</text><text x=\"{Width}\" y=\"{Height - 6}\" text-anchor=\"end\">{Moment(until)}</text>");
        foreach (var line in lines.Where(line => line.Steps.Count > 0))
        {
            Add(html, $"<path class=\"line {line.Style}\" d=\"");
            DateTimeOffset? end = null;
            foreach (var (from, to, value) in Thin(line.Steps))
            {
                Add(html, end == from ? $"V{Y(value):0.#}" : (FormattableString)$"M{X(from):0.#} {Y(value):0.#}");
                Add(html, $"H{X(to):0.#}");
                end = to;
            }

            html.Append("\"/>");
        }

        html.Append("</svg><figcaption>").Append(Text(title));
        foreach (var line in lines.Where(line => line.Steps.Count > 0))
        {
            html.Append(" <span class=\"key ").Append(line.Style).Append("\">").Append(Text(line.Name)).Append("</span>");
        }

        html.Append("</figcaption></figure>\n");
    }

    /// <summary>A text in a page.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A moment, to the second.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The end of a scale for a value: 1, 2 or 5 of a power of ten.</summary>
    private static double Scale(double value)
    {
        if (value <= 0 || !double.IsFinite(value))
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] ends = [1, 2, 5, 10];
        return power * ends.First(end => (end * power) >= value * (1 - 1e-9));
    }

    /// <summary>As many steps as can be seen, of several the highest.</summary>
    private static IEnumerable<(DateTimeOffset Since, DateTimeOffset Until, double Value)> Thin(IReadOnlyList<(DateTimeOffset Since, DateTimeOffset Until, double Value)> steps)
    {
        int many = (steps.Count + MostSteps - 1) / MostSteps;
        return many <= 1 ? steps : steps.Chunk(many).Select(some => (some[0].Since, some[^1].Until, some.Max(step => step.Value)));
    }

    private static void Add(StringBuilder html, FormattableString text) => html.Append(FormattableString.Invariant(text));
}
