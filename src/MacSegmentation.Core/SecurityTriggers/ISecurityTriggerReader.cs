using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;
using MacSegmentation.Partitions;

namespace MacSegmentation.SecurityTriggers;

/// <summary>The rows of security triggers, and of what they have done.</summary>
public interface ISecurityTriggerReader : IPartitionReader
{
    /// <summary>The trigger with this name, in any case, or null.</summary>
    MacSecurityTrigger? FindSecurityTrigger(string name);

    /// <summary>The triggers by name.</summary>
    IReadOnlyList<MacSecurityTrigger> ListSecurityTriggers();

    /// <summary>What triggers have done and will take back, by trigger and interface record.</summary>
    /// <param name="interfaceName">Only what was done to this record.</param>
    IReadOnlyList<TriggerHold> ListTriggerHolds(string? interfaceName = null);

    /// <inheritdoc/>
    IReadOnlyList<string> IPartitionUses.ListTriggersOf(string partitionName) =>
        [.. ListSecurityTriggers().Where(trigger => string.Equals(trigger.Partition, partitionName, StringComparison.OrdinalIgnoreCase)).Select(trigger => trigger.Name)];

    /// <inheritdoc/>
    IReadOnlyList<string> IInterfaceReader.ListTriggersAt(string interfaceName) =>
        [.. ListSecurityTriggers().Where(trigger => string.Equals(trigger.Interface, interfaceName, StringComparison.OrdinalIgnoreCase)).Select(trigger => trigger.Name)];

    /// <summary>The triggers by their names.</summary>
    NamedRecords SecurityTriggerNames => new("SecurityTrigger", [.. ListSecurityTriggers().Select(trigger => new NamedRecord(trigger.Name, VlanId: 0, trigger.When))]);
}
