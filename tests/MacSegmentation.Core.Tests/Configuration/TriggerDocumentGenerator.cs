using MacSegmentation.Partitions;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Tags;

namespace MacSegmentation.Configuration;

/// <summary>Legal security triggers of so few names that two documents dispute all of them.</summary>
internal static class TriggerDocumentGenerator
{
    private static readonly string[] Conditions = ["Denials > 50 within 10s", "ArpRate > 200", "SpoofRefusals >= 5 within 1m and (ArpRate > 2k or NewMacAddresses > 3 within 1h)"];

    /// <summary>Triggers that watch all, a partition or a record of the document that is not exempt.</summary>
    public static SecurityTriggerConfiguration[] Make(Random random, PartitionConfiguration[] partitions, VlanConfiguration[] vlans)
    {
        string[] names = [.. new[] { "scan", "\u00fcber" }.Where(_ => random.Next(3) > 0).Select(name => random.Next(4) == 0 ? name.ToUpperInvariant() : name)];
        string[] records = [.. vlans.SelectMany(vlan => vlan.Interfaces).Where(record => !record.TriggerExempt).Select(record => record.Name)];
        return [.. names.Select(name =>
        {
            int scope = random.Next(3);
            return new SecurityTriggerConfiguration
            {
                Name = name,
                When = Conditions[random.Next(Conditions.Length)],
                AddTags = [MacTag.OfText("quarantined")],
                RemoveTags = PartitionDocumentGenerator.Tags(random),
                For = random.Next(2) == 0 ? TimeSpan.FromMinutes(15) : null,
                Partition = scope == 1 && partitions.Length > 0 ? partitions[random.Next(partitions.Length)].Name : null,
                Interface = scope == 2 && records.Length > 0 ? records[random.Next(records.Length)] : null,
                IsDryRun = random.Next(3) == 0,
                IsDisabled = random.Next(3) == 0,
            };
        })];
    }
}
