using MacSegmentation.RunningEnforcers;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.RunningEnforcers;

/// <summary>The table of enforcers that told of themselves. It is observed: nobody is told.</summary>
internal static class RunningEnforcerTable
{
    public static readonly Table<MacRunningEnforcer> Rows = new(
        "running_enforcer",
        static () => new MacRunningEnforcer { EnforcerId = string.Empty, HostName = string.Empty, Process = string.Empty, StartedAt = default, SeenAt = default },
        Table<MacRunningEnforcer>.NaturalKey("enforcer_id", ColumnTypes.Text, enforcer => enforcer.EnforcerId),
        Table<MacRunningEnforcer>.Property("name", ColumnTypes.Text, enforcer => enforcer.Name),
        Table<MacRunningEnforcer>.Property("host_name", ColumnTypes.Text, enforcer => enforcer.HostName),
        Table<MacRunningEnforcer>.Property("process", ColumnTypes.Text, enforcer => enforcer.Process),
        Table<MacRunningEnforcer>.Property("kind", ColumnTypes.Choice(RunningEnforcerKind.Wire, RunningEnforcerKind.Switch), enforcer => enforcer.Kind),
        Table<MacRunningEnforcer>.Property("ports", ColumnTypes.List(static text => text), enforcer => enforcer.Ports),
        Table<MacRunningEnforcer>.Property("port_count", ColumnTypes.Integer, enforcer => enforcer.PortCount),
        Table<MacRunningEnforcer>.Property("ports_down", ColumnTypes.Integer, enforcer => enforcer.PortsDown),
        Table<MacRunningEnforcer>.Property("revision", ColumnTypes.Number, enforcer => enforcer.Revision),
        Table<MacRunningEnforcer>.Property("table_error", ColumnTypes.Text, enforcer => enforcer.TableError),
        Table<MacRunningEnforcer>.Property("started_at", ColumnTypes.Time, enforcer => enforcer.StartedAt),
        Table<MacRunningEnforcer>.Property("seen_at", ColumnTypes.Time, enforcer => enforcer.SeenAt),
        Table<MacRunningEnforcer>.Property("frames_in", ColumnTypes.Number, enforcer => enforcer.FramesIn),
        Table<MacRunningEnforcer>.Property("frames_denied", ColumnTypes.Number, enforcer => enforcer.FramesDenied),
        Table<MacRunningEnforcer>.Property("spoof_refusals", ColumnTypes.Number, enforcer => enforcer.SpoofRefusals))
    {
        IsQuiet = true,
    };

    public static readonly string SelectAll = Rows.Select("ORDER BY host_name, process, enforcer_id");

    public const string Put =
        """
        INSERT INTO running_enforcer (enforcer_id, name, host_name, process, kind, ports, port_count, ports_down, revision, table_error, started_at, seen_at, frames_in, frames_denied, spoof_refusals)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (enforcer_id) DO UPDATE SET name = excluded.name, host_name = excluded.host_name, process = excluded.process, kind = excluded.kind, ports = excluded.ports, port_count = excluded.port_count,
        ports_down = excluded.ports_down, revision = excluded.revision, table_error = excluded.table_error, started_at = excluded.started_at, seen_at = excluded.seen_at, frames_in = excluded.frames_in,
        frames_denied = excluded.frames_denied, spoof_refusals = excluded.spoof_refusals
        """;
}
