using MacSegmentation.RunningEnforcers;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.RunningEnforcers;

/// <summary>That enforcers run, as statements.</summary>
internal interface ISqlRunningEnforcerObservation : ISqlRunningEnforcerReader, IRunningEnforcerObservation
{
    void IRunningEnforcerObservation.UpsertRunningEnforcer(MacRunningEnforcer enforcer)
    {
        Connection.Prepare(RunningEnforcerTable.Put)
            .Bind(1, enforcer.EnforcerId)
            .Bind(2, enforcer.Name)
            .Bind(3, enforcer.HostName)
            .Bind(4, enforcer.Process)
            .Bind(5, (long)enforcer.Kind)
            .Bind(6, string.Join(',', enforcer.Ports))
            .Bind(7, (long)enforcer.PortCount)
            .Bind(8, (long)enforcer.PortsDown)
            .Bind(9, enforcer.Revision)
            .Bind(10, enforcer.TableError)
            .Bind(11, StoredTime.From(enforcer.StartedAt))
            .Bind(12, StoredTime.From(enforcer.SeenAt))
            .Bind(13, enforcer.FramesIn)
            .Bind(14, enforcer.FramesDenied)
            .Bind(15, enforcer.SpoofRefusals)
            .Run();
        Connection.Prepare("DELETE FROM running_enforcer WHERE seen_at < ?").Bind(1, StoredTime.From(enforcer.SeenAt - MacRunningEnforcer.Remembered)).Run();
    }

    void IRunningEnforcerObservation.DeleteRunningEnforcer(string enforcerId) => Connection.Prepare("DELETE FROM running_enforcer WHERE enforcer_id = ?").Bind(1, enforcerId).Run();
}
