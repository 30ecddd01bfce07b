using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores.Partitions;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.SecurityTriggers;

/// <summary>The questions about security triggers, as queries.</summary>
internal interface ISqlSecurityTriggerReader : ISecurityTriggerReader, ISqlPartitionReader
{
    MacSecurityTrigger? ISecurityTriggerReader.FindSecurityTrigger(string name) =>
        Connection.Prepare(SecurityTriggerTable.SelectByName).Bind(1, NameKeys.Of(name)).First(SecurityTriggerTable.Rows.Read);

    IReadOnlyList<MacSecurityTrigger> ISecurityTriggerReader.ListSecurityTriggers() => Connection.Prepare(SecurityTriggerTable.SelectSorted).All(SecurityTriggerTable.Rows.Read);

    IReadOnlyList<TriggerHold> ISecurityTriggerReader.ListTriggerHolds(string? interfaceName) => interfaceName is null
        ? Connection.Prepare(SecurityTriggerTable.SelectHolds).All(SecurityTriggerTable.Holds.Read)
        : Connection.Prepare(SecurityTriggerTable.SelectHoldsOf).Bind(1, NameKeys.Of(interfaceName)).All(SecurityTriggerTable.Holds.Read);
}
