using System.Globalization;
using System.Text;
using MacSegmentation.Units;

namespace MacSegmentation.SessionReports;

/// <summary>A report as one page of HTML, with its pictures in it: nothing is fetched, nothing runs, and it follows the reader's choice of light or dark.</summary>
internal static class SessionReportPage
{
    private const string Head =
        """
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>
        :root { color-scheme: light dark; --back: #fff; --text: #1b1b1b; --soft: #666; --rule: #d9d9d9; --gap: #ececec; --got: #0b62c4; --high: #b3470a; --asked: #0a7a3c; }
        @media (prefers-color-scheme: dark) { :root { --back: #151515; --text: #e6e6e6; --soft: #a0a0a0; --rule: #3a3a3a; --gap: #2a2a2a; --got: #6cb0ff; --high: #ff9d66; --asked: #5fd08d; } }
        body { background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
        h1, h2, h3 { line-height: 1.2; } h2 { border-top: 1px solid var(--rule); margin-top: 2.5rem; padding-top: 1rem; }
        table { border-collapse: collapse; font-size: 13px; margin: .5rem 0 1rem; width: 100%; } th, td { border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; padding: .25rem .5rem .25rem 0; text-align: left; vertical-align: top; }
        th { color: var(--soft); font-weight: 600; } .soft { color: var(--soft); }
        figure { margin: .5rem 0 1rem; } svg { display: block; height: auto; width: 100%; } svg text { fill: var(--soft); font-size: 11px; } figcaption { font-size: 13px; }
        .grid { fill: none; stroke: var(--rule); stroke-width: 1; } .gap { fill: var(--gap); } .line { fill: none; stroke-width: 1.6; }
        .line.got { stroke: var(--got); } .line.high { stroke: var(--high); } .line.asked { stroke: var(--asked); stroke-dasharray: 5 4; }
        .key::before { content: "\25AC "; } .key.got { color: var(--got); } .key.high { color: var(--high); } .key.asked { color: var(--asked); }
        </style>
        """;

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    public static string Write(SessionReport report)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
        html.Append(Head.ReplaceLineEndings("\n")).Append("\n<title>").Append(T($"Session {report.Session}")).Append("</title>\n</head>\n<body>\n");
        html.Append("<h1>").Append(T($"Session {report.Session}: asked and got")).Append("</h1>\n<p>");
        html.Append(T($"VLAN {report.VlanId}, default profile {report.DefaultProfile ?? "none"}, isolation {report.Isolation}, {report.State}. From {M(report.Since)} to {M(report.Until)}; made {M(report.MadeAt)}."));
        html.Append("</p>\n<p class=\"soft\">Bits of Ethernet frames without their FCS; latencies are those that the profile added, one way. Latency and loss are those since a profile came into force. Where a picture is grey, no enforcer had the port: nothing was in force there, and nothing was measured.</p>\n");
        WriteInstances(html, report);
        WriteChanges(html, "Changes of the session, its profiles and rules", "h2", report.Changes);
        foreach (var instance in report.Instances)
        {
            html.Append("<h2>").Append(T(instance.Name)).Append("</h2>\n<p>").Append(T($"{instance.MacAddress}, profile {instance.Profile ?? "none"} ({instance.ProfileSource}) at the end.")).Append("</p>\n");
            WriteDirection(html, "Ingress: towards the instance", instance.Ingress, report);
            WriteDirection(html, "Egress: from the instance", instance.Egress, report);
            WriteChanges(html, "Changes", "h3", instance.Changes);
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteInstances(StringBuilder html, SessionReport report)
    {
        if (report.Instances.Count == 0)
        {
            html.Append("<p>The session has no instances.</p>\n");
            return;
        }

        Table(html, ["Instance", "Direction", "Asked last", "Highest rate", "Highest p99 added", "Loss at the end", "Frames", "Measured"]);
        foreach (var instance in report.Instances)
        {
            foreach (var (name, way) in new[] { ("Ingress", instance.Ingress), ("Egress", instance.Egress) })
            {
                Row(
                    html,
                    instance.Name,
                    name,
                    way.Asked is [.., var asked] ? Describe(asked) : "not measured",
                    way.MaxBitRate is { } rate ? Rate(rate) : "not measured",
                    way.MaxLatencyP99 is { } latency ? Latency(latency) : "not measured",
                    way.Samples is [.., var last] ? Loss(last.Loss) : "not measured",
                    way.Frames.ToString("N0", CultureInfo.InvariantCulture),
                    way.MeasuredShare.ToString("P0", CultureInfo.InvariantCulture));
            }
        }

        html.Append("</table>\n");
    }

    private static void WriteDirection(StringBuilder html, string title, DirectionReport way, SessionReport report)
    {
        html.Append("<h3>").Append(T(title)).Append("</h3>\n");
        if (way.Samples.Count == 0)
        {
            html.Append("<p>Not measured: no enforcer had the port (NotAttached).</p>\n");
            return;
        }

        Table(html, ["From", "To", "Asked", "After"]);
        foreach (var asked in way.Asked)
        {
            Row(html, M(asked.Since), M(asked.Until), Describe(asked), asked.Cause ?? "before all that the audit tells");
        }

        html.Append("</table>\n");
        if (way.NotMeasured.Count > 0)
        {
            html.Append("<p>").Append(T($"Not measured: {string.Join("; ", way.NotMeasured.Select(gap => $"{M(gap.Since)} to {M(gap.Until)}"))}.")).Append("</p>\n");
        }

        ChartLine Line(string name, string style, Func<ReportedSample, double?> value) =>
            new(name, style, [.. way.Samples.Where(sample => value(sample) is not null).Select(sample => (sample.Time, sample.Until, value(sample)!.Value))]);
        void Chart(string name, Func<double, string> describe, params ChartLine[] lines) => LineChart.Write(html, name, report.Since, report.Until, lines, way.NotMeasured, describe);
        Chart("Rate", value => Rate((long)value), Line("got", "got", sample => sample.BitRate), Line("asked", "asked", sample => sample.AskedBandwidth));
        Chart(
            "Added latency",
            Latency,
            Line("p50", "got", sample => sample.LatencyP50),
            Line("p99", "high", sample => sample.LatencyP99),
            Line("asked", "asked", sample => sample.AskedLatency));
        Chart("Loss", Loss, Line("got", "got", sample => sample.Loss), Line("asked", "asked", sample => sample.AskedLoss));
    }

    private static void WriteChanges(StringBuilder html, string title, string level, IReadOnlyList<ReportedChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<{level}>{T(title)}</{level}>\n");
        Table(html, ["Time", "Change", "Of", "What and why", "By"]);
        foreach (var change in changes)
        {
            Row(html, M(change.Time), $"{change.Action}", change.Subject, change.Detail, $"{change.User}, {change.HostName} {change.Process}");
        }

        html.Append("</table>\n");
    }

    private static void Table(StringBuilder html, string[] headings)
    {
        html.Append("<table>\n<tr>");
        foreach (string heading in headings)
        {
            html.Append("<th>").Append(T(heading)).Append("</th>");
        }

        html.Append("</tr>\n");
    }

    private static void Row(StringBuilder html, params string[] cells)
    {
        html.Append("<tr>");
        foreach (string cell in cells)
        {
            html.Append("<td>").Append(T(cell)).Append("</td>");
        }

        html.Append("</tr>\n");
    }

    private static string Describe(AskedCharacter asked) => asked.Profile is null && asked is { Bandwidth: null, Latency: 0, Loss: 0 } ? "no profile"
        : $"{asked.Profile ?? "no profile"}: {(asked.Bandwidth is { } bandwidth ? Rate(bandwidth) : "no limit")}, {Latency(asked.Latency)}, {Loss(asked.Loss)} lost";

    private static string Rate(long bits) => new BitRate(bits).ToString();

    private static string Latency(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.###} ms");

    private static string Loss(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %");

    private static string M(DateTimeOffset time) => LineChart.Moment(time);

    private static string T(string text) => LineChart.Text(text);
}
