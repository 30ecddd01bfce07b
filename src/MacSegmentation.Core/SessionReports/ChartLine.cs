namespace MacSegmentation.SessionReports;

/// <summary>One line of a chart: steps, each from a moment to another at a height.</summary>
/// <param name="Name">What it is, in the legend.</param>
/// <param name="Style">Its class in the page's style.</param>
/// <param name="Steps">The steps, in sequence; where one does not begin as the one before ends, the line is broken.</param>
internal sealed record ChartLine(string Name, string Style, IReadOnlyList<(DateTimeOffset Since, DateTimeOffset Until, double Value)> Steps);
