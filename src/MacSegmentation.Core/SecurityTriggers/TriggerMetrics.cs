using MacSegmentation.Conditions;

namespace MacSegmentation.SecurityTriggers;

/// <summary>What the condition of a security trigger may ask about: what an enforcer counts of the frames that come in by the port of an interface record, whoever they claim to be from.</summary>
public static class TriggerMetrics
{
    /// <summary>Frames that were denied, for whatever reason.</summary>
    public static readonly ConditionMetric Denials = new(nameof(Denials), ConditionUnit.Count, IsWindowed: true, "frames that were denied");

    /// <summary>Frames that were denied because an address in them is not the record's: a part of the denials.</summary>
    public static readonly ConditionMetric SpoofRefusals = new(nameof(SpoofRefusals), ConditionUnit.Count, IsWindowed: true, "frames denied because they claim an address of another");

    /// <summary>ARP packets that came in during the last second, admitted or not.</summary>
    public static readonly ConditionMetric ArpRate = new(nameof(ArpRate), ConditionUnit.Rate, IsWindowed: false, "ARP packets a second");

    /// <summary>MAC addresses that showed at the port and were not known there.</summary>
    public static readonly ConditionMetric NewMacAddresses = new(nameof(NewMacAddresses), ConditionUnit.Count, IsWindowed: true, "MAC addresses that were new at the port");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConditionMetric> All { get; } = [Denials, SpoofRefusals, ArpRate, NewMacAddresses];
}
