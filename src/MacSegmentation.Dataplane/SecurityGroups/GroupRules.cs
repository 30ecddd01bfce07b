namespace MacSegmentation.SecurityGroups;

/// <summary>The compiled rules of the groups that a port is in, together. Immutable; ports with the same groups share them.</summary>
/// <param name="Inbound">The rules for what goes to the port's machine.</param>
/// <param name="Outbound">The rules for what comes from it.</param>
/// <param name="RestrictsOutbound">True if there is an Outbound rule.</param>
/// <param name="IsStateful">True if one of the groups is stateful.</param>
internal sealed record GroupRules(RuleList Inbound, RuleList Outbound, bool RestrictsOutbound, bool IsStateful);
