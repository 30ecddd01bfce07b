using MacSegmentation.SecurityTriggers;

namespace MacSegmentation.Stores.Contract;

/// <summary>The changes of security triggers among the random ones, and what they do.</summary>
internal static class RandomTriggerStep
{
    private static readonly TriggerEvidence Evidence = new("Denials 63 within 10s", "host-1", "macseg/7");
    private static readonly string[] Triggers = ["scan", "SCAN", "storm", "\u00fc", "\u00dc"];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step)
    {
        string name = Triggers[step.Order % Triggers.Length];
        string record = writer.ListInterfaces() is { Count: > 0 } records ? records[step.Slot % records.Count].Name : "nobody";
        return kind switch
        {
            0 => SecurityTriggerCatalog.Add(writer, new SecurityTriggerRequest
            {
                Name = name,
                When = step.Flag ? "Denials > 50 within 10s" : "ArpRate > 2k or SpoofRefusals > 1 within 1h",
                AddTag = RandomPartitionStep.Some(step.Slot),
                RemoveTag = [.. RandomPartitionStep.Some(step.Slot + 1).Except(RandomPartitionStep.Some(step.Slot))],
                For = step.Instance == 0 ? null : TimeSpan.FromSeconds(step.Slot + 1),
                Interface = step.Slot % 5 == 0 ? record : null,
                IsDryRun = step.Slot % 7 == 0,
            }).ToString(),
            1 => SecurityTriggerCatalog.Change(writer, name, new SecurityTriggerChange { AddTag = RandomPartitionStep.Some(step.Slot), IsDisabled = step.Slot % 4 == 0, Interface = string.Empty }).ToString(),
            2 when step.Slot % 4 == 0 => SecurityTriggerCatalog.Remove(writer, name, step.Flag).ToString(),
            2 => string.Join("; ", SecurityTriggerCatalog.LiftDue(writer)),
            _ => SecurityTriggerCatalog.Fire(writer, writer.ListSecurityTriggers() is { Count: > 0 } triggers ? triggers[step.Order % triggers.Count].Name : name, record, Evidence).ToString(),
        };
    }
}
