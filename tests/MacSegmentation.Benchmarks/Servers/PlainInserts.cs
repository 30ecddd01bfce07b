using Npgsql;
using NpgsqlTypes;

namespace MacSegmentation.Benchmarks.Servers;

/// <summary>
/// A client that inserts what an allocation leaves: its change, its audit entry and itself. All its statements are prepared, and its numbers are its
/// own, so that it waits for nobody.
/// </summary>
internal sealed class PlainInserts : IDisposable
{
    private const string Change = "INSERT INTO change (revision, time, \"user\", host_name, process) VALUES ($1, $2, $3, $4, $5)";
    private const string Audit = "INSERT INTO audit (revision, action, vlan_id, subject, detail) VALUES ($1, $2, $3, $4, $5)";
    private const string Allocation = "INSERT INTO allocation (address, vlan_id, instance_id, allocated_at, handle) VALUES ($1, $2, $3, $4, $5)";

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlCommand[] commands;
    private readonly NpgsqlBatch batch;
    private long next;

    public PlainInserts(string place, int client)
    {
        next = 1L << 32 << client;
        connection = new NpgsqlConnection($"{place};Search Path=macsegmentation;Pooling=false");
        connection.Open();
        commands =
        [
            Command(Change, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text),
            Command(Audit, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Text),
            Command(Allocation, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Text),
        ];
        batch = connection.CreateBatch();
        foreach (var command in commands)
        {
            var single = new NpgsqlBatchCommand(command.CommandText);
            foreach (NpgsqlParameter parameter in command.Parameters)
            {
                single.Parameters.Add(parameter.Clone());
            }

            batch.BatchCommands.Add(single);
        }

        batch.Prepare();
    }

    /// <summary>One transaction, statement by statement.</summary>
    public void Insert()
    {
        using var transaction = connection.BeginTransaction();
        Fill(commands[0].Parameters, commands[1].Parameters, commands[2].Parameters);
        foreach (var command in commands)
        {
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>The same in one message.</summary>
    public void InsertAtOnce()
    {
        Fill(batch.BatchCommands[0].Parameters, batch.BatchCommands[1].Parameters, batch.BatchCommands[2].Parameters);
        batch.ExecuteNonQuery();
    }

    public void Dispose() => connection.Dispose();

    private void Fill(NpgsqlParameterCollection change, NpgsqlParameterCollection audit, NpgsqlParameterCollection allocation)
    {
        long number = next++;
        long time = DateTime.UtcNow.Ticks;
        Set(change, number, time, "LAB\\anna", "host-1", "benchmark/1");
        Set(audit, number, "AllocateAddress", 10L, "02:00:5e:10:00:01", "to 'vm-1'");
        Set(allocation, number, 10L, "vm-1", time, string.Empty);
    }

    private static void Set(NpgsqlParameterCollection parameters, params object[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            parameters[i].Value = values[i];
        }
    }

    private NpgsqlCommand Command(string sql, params NpgsqlDbType[] types)
    {
#pragma warning disable CA2100 // Constants of this class.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        command.Prepare();
        return command;
    }
}
