using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;

namespace MacSegmentation.Stores.Copying;

/// <summary>
/// Copies all tables of a store to an empty one, of any kind: numbers, revision, audit and the store's identity stay what they are, so that whoever knew
/// the one knows the other. The copy is read again and compared before it is committed: it is there whole and equal, or not at all.
/// </summary>
internal sealed class StoreCopy(ISqlStore source, ISqlStore destination, Action<StoreCopyProgress>? progress, CancellationToken cancellation)
{
    private const int RowsPerReport = 1000;

    private readonly IReadOnlyList<StoreTable> tables = StoreCatalog.Tables;
    private long done;
    private long total;

    /// <summary>What is done to a destination that holds something before it is replaced, in the transaction; null to refuse one that does.</summary>
    public Action<SqlConnection, SqlConnection>? Replacing { get; init; }

    /// <summary>What is done to the destination when it equals the source, in the transaction.</summary>
    public Action<SqlConnection>? Completing { get; init; }

    /// <summary>Copies and compares.</summary>
    /// <exception cref="MacSegmentationException">StoresAreTheSame, StoreNotEmpty, StoreCopyDiffers, and what either store may say.</exception>
    public MacStoreCopy Run()
    {
        if (string.Equals(source.Info.Path, destination.Info.Path, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            throw AreTheSame();
        }

        return source.ReadTables(from => destination.WriteTables(to => Run(from, to)));
    }

    private MacStoreCopy Run(SqlConnection from, SqlConnection to)
    {
        if (Replacing is not null && FindOccupied(to) is not null)
        {
            Replacing(from, to);
            Empty(to);
        }
        else
        {
            RequireEmpty(from, to);
        }

        total = 2 * tables.Sum(table => Count(from, table));
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long rows = 0;
        foreach (var table in tables)
        {
            using var expected = Copy(from, to, table);
            using var actual = Digest(to, table);
            string digest = expected.Complete();
            if (expected.Rows != actual.Rows || !string.Equals(digest, actual.Complete(), StringComparison.Ordinal))
            {
                throw Differs(table, expected.Rows, actual.Rows);
            }

            rows += expected.Rows;
            all.AppendData(Encoding.UTF8.GetBytes($"{table.Name} {digest}\n"));
        }

        var copy = new MacStoreCopy
        {
            Source = source.Info.Path,
            Destination = destination.Info.Path,
            Rows = rows,
            Revision = SqlStoreReader.ReadRevision(to),
            Digest = Convert.ToHexStringLower(all.GetHashAndReset()),
        };
        Completing?.Invoke(to);
        return copy;
    }

    private void RequireEmpty(SqlConnection from, SqlConnection to)
    {
        if (FindOccupied(to) is { } occupied)
        {
            long rows = Count(to, occupied);
            throw new MacSegmentationException(
                "StoreNotEmpty",
                MacErrorKind.AlreadyExists,
                $"The store '{destination.Info.Path}' is not empty: its table '{occupied.Name}' has {rows} {(rows == 1 ? "row" : "rows")}. Copy to a place where there is no store yet.",
                destination.Info.Path);
        }

        // A store has other names than the one that it was opened by; while it is empty, it has its identity for itself.
        if (string.Equals(new SqlStoreReader(from, 0, default).StoreId, new SqlStoreReader(to, 0, default).StoreId, StringComparison.Ordinal))
        {
            throw AreTheSame();
        }
    }

    /// <summary>A table that has rows which no new store has, or null.</summary>
    private StoreTable? FindOccupied(SqlConnection connection) => tables.FirstOrDefault(table => !table.IsSeeded && Count(connection, table) > 0);

    /// <summary>What refers to another goes before it.</summary>
    private void Empty(SqlConnection connection)
    {
        foreach (var table in tables.Reverse())
        {
            cancellation.ThrowIfCancellationRequested();
            using var delete = connection.PrepareOnce(table.DeleteAll);
            delete.Run();
        }
    }

    private TableDigest Copy(SqlConnection from, SqlConnection to, StoreTable table)
    {
        if (table.IsSeeded)
        {
            using var delete = to.PrepareOnce(table.DeleteAll);
            delete.Run();
        }

        var digest = new TableDigest();
        using (var writer = to.WriteTable(table))
        {
            Visit(from, table, row =>
            {
                digest.Add(table, row);
                writer.Add(row);
            });
            writer.Complete();
        }

        if (table.GivenId is not null)
        {
            to.SetLastId(table, from.ReadLastId(table));
        }

        return digest;
    }

    private TableDigest Digest(SqlConnection connection, StoreTable table)
    {
        var digest = new TableDigest();
        Visit(connection, table, row => digest.Add(table, row));
        return digest;
    }

    private void Visit(SqlConnection connection, StoreTable table, Action<SqlStatement> visit)
    {
        using var rows = connection.PrepareOnce(table.SelectAll);
        rows.ForEach(row =>
        {
            if (done++ % RowsPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Invoke(new StoreCopyProgress(table.Name, done, total));
            }

            visit(row);
        });
    }

    private static long Count(SqlConnection connection, StoreTable table)
    {
        using var count = connection.PrepareOnce(table.Count);
        return count.Scalar();
    }

    private MacSegmentationException AreTheSame() => new(
        "StoresAreTheSame",
        MacErrorKind.InvalidArgument,
        $"'{source.Info.Path}' and '{destination.Info.Path}' are the same store. Copy to another place.",
        destination.Info.Path);

    private MacSegmentationException Differs(StoreTable table, long expected, long actual) => new(
        "StoreCopyDiffers",
        MacErrorKind.InvalidData,
        $"The copy in '{destination.Info.Path}' is not equal to '{source.Info.Path}': the table '{table.Name}' has {actual} rows for {expected}, or other values in them. Nothing was copied. Look for damage or unstorable texts in the source.",
        destination.Info.Path);
}
