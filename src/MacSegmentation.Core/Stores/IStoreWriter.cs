using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.SecurityGroups;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

/// <summary>What a transaction can change of the store, concept by concept.</summary>
public interface IStoreWriter : IStoreReader, IVlanWriter, IPolicyWriter, IInterfaceWriter, ISecurityGroupWriter, IPartitionWriter, ISecurityTriggerWriter, IBlockWriter, IProviderClientWriter, IProfileWriter, INetworkSessionWriter, IRecordWriter
{
}
