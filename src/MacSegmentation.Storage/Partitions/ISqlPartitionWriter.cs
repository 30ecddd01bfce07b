using MacSegmentation.Partitions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Partitions;

/// <summary>The changes of partitions, as statements.</summary>
internal interface ISqlPartitionWriter : ISqlPartitionReader, IPartitionWriter, ISqlChange
{
    void IPartitionWriter.UpdatePartitionSettings(PartitionSettings settings)
    {
        Connection
            .Prepare("UPDATE partition_settings SET conflict_resolution = ?, id_reuse_delay = ?")
            .Bind(1, PartitionSnapshot.Resolutions.From(settings.ConflictResolution))
            .Bind(2, settings.IdReuseDelay.Ticks)
            .Run();
        MarkPartitionsChanged();
    }

    void IPartitionWriter.InsertPartition(MacPartition partition)
    {
        Connection.Prepare("DELETE FROM retired_partition WHERE partition_id = ?").Bind(1, partition.Id).Run();
        PartitionTable.Rows.Insert(this, partition);
        MarkPartitionsChanged();
    }

    void IPartitionWriter.UpdatePartition(MacPartition partition)
    {
        PartitionTable.Rows.Update(this, partition);
        MarkPartitionsChanged();
    }

    void IPartitionWriter.DeletePartition(string name)
    {
        Connection
            .Prepare("INSERT INTO retired_partition (partition_id, name, removed_at) SELECT partition_id, name, ? FROM network_partition WHERE name_key = ?")
            .Bind(1, StoredTime.From(((IPartitionReader)this).Now))
            .Bind(2, NameKeys.Of(name))
            .Run();
        Connection.Prepare("DELETE FROM network_partition WHERE name_key = ?").Bind(1, NameKeys.Of(name)).Run();
        MarkPartitionsChanged();
    }

    MacPartitionPolicy IPartitionWriter.InsertPartitionPolicy(MacPartitionPolicy policy)
    {
        long policyId = PartitionTable.Policies.InsertNew(this, policy);
        MarkPartitionsChanged();
        return policy with { PolicyId = policyId };
    }

    void IPartitionWriter.UpdatePartitionPolicy(MacPartitionPolicy policy)
    {
        PartitionTable.Policies.Update(this, policy);
        MarkPartitionsChanged();
    }

    void IPartitionWriter.DeletePartitionPolicy(long policyId)
    {
        PartitionTable.Policies.Delete(this, policyId);
        MarkPartitionsChanged();
    }

    private void MarkPartitionsChanged() => Connection.Prepare("UPDATE partition_change SET revision = ?").Bind(1, NewRevision).Run();
}
