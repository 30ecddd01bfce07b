using MacSegmentation.Conditions;

namespace MacSegmentation.NetworkSessions;

/// <summary>What the condition of a profile rule may ask about: what an enforcer measures at the port of an instance.</summary>
public static class ProfileMetrics
{
    /// <summary>How much of the bandwidth that its profile gives it the instance has sent.</summary>
    public static readonly ConditionMetric EgressUtilization = new(nameof(EgressUtilization), ConditionUnit.Share, IsWindowed: true, "how much of its bandwidth the instance has sent");

    /// <summary>How much of the bandwidth that its profile gives it the instance was sent.</summary>
    public static readonly ConditionMetric IngressUtilization = new(nameof(IngressUtilization), ConditionUnit.Share, IsWindowed: true, "how much of its bandwidth was sent to the instance");

    /// <summary>Frames that wait in both directions now.</summary>
    public static readonly ConditionMetric QueueDepth = new(nameof(QueueDepth), ConditionUnit.Count, IsWindowed: false, "frames that wait now");

    /// <summary>How many of the frames were lost, by the profile's loss or because a queue was full.</summary>
    public static readonly ConditionMetric Loss = new(nameof(Loss), ConditionUnit.Share, IsWindowed: true, "how many of the frames were lost");

    /// <summary>By how much frames came later, as 99 of 100 of them did not exceed.</summary>
    public static readonly ConditionMetric AddedLatency = new(nameof(AddedLatency), ConditionUnit.Duration, IsWindowed: true, "by how much frames came later (99th percentile)");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConditionMetric> All { get; } = [EgressUtilization, IngressUtilization, QueueDepth, Loss, AddedLatency];
}
