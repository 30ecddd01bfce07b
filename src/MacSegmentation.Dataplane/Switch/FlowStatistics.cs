using MacSegmentation.Reports;

namespace MacSegmentation.Switch;

/// <summary>How full the table of flows is.</summary>
/// <param name="Flows">Flows remembered now.</param>
/// <param name="Limit">Flows that can be remembered.</param>
/// <param name="Refused">New flows that were refused because there was no room.</param>
public sealed record FlowStatistics(int Flows, int Limit, long Refused)
{
    /// <summary>What is told of it.</summary>
    public static Report<FlowStatistics> Report { get; } = new Report<FlowStatistics>()
        .Number("remembered", flows => flows.Flows, nameof(Flows))
        .Number("limit", flows => flows.Limit)
        .Number("refused", flows => flows.Refused);
}
