using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Naming;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.SecurityGroups;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores;

/// <summary>
/// What a transaction sees of the store, concept by concept. The store answers plain questions; every rule stands in the domain, once for all stores, and takes the
/// rows that it needs.
/// </summary>
public interface IStoreReader : IPolicyReader, ISecurityGroupReader, IPartitionReader, ISecurityTriggerReader, IBlockReader, IProviderClientReader, IProfileReader, INetworkSessionReader, INicMetricReader, IRunningEnforcerReader, IWatchReader, IAuditReader
{
    /// <summary>What has a name that no other record of its kind may have, kind by kind.</summary>
    IReadOnlyList<NamedRecords> ListNames() => [InterfaceNames, SecurityGroupNames, PartitionNames, PartitionNumbers, SecurityTriggerNames, ProviderNames, ProviderClientNames, ProfileNames, SessionNames];
}
