namespace MacSegmentation.Switch;

/// <summary>How full the table of flows is.</summary>
/// <param name="Flows">Flows remembered now.</param>
/// <param name="Limit">Flows that can be remembered.</param>
/// <param name="Refused">New flows that were refused because there was no room.</param>
public sealed record FlowStatistics(int Flows, int Limit, long Refused);
