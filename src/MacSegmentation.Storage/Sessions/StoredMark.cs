using MacSegmentation.Stores.Sql;
using MacSegmentation.Transactions;

namespace MacSegmentation.Stores.Sessions;

/// <summary>A store's marks, as its changes have them.</summary>
internal static class StoredMark
{
    public static StoreMark Of(ConfigurationSnapshot snapshot) => new(snapshot.Revision, snapshot.Token);

    /// <summary>The newest revision.</summary>
    public static StoreMark ReadNewest(SqlConnection connection)
    {
        var (revision, token) = connection
            .Prepare("SELECT revision, token FROM change ORDER BY revision DESC LIMIT 1")
            .FirstValue(static row => (row.Number(0), TokenOf(row, 1))) ?? (0, null);
        return new StoreMark(revision, token ?? ReadIdentity(connection));
    }

    /// <summary>True if the store stands on that revision.</summary>
    public static bool IsIn(SqlConnection connection, StoreMark mark)
    {
        if (mark.Revision == 0)
        {
            return string.Equals(mark.Token, ReadIdentity(connection), StringComparison.Ordinal);
        }

        var (isThere, token) = connection
            .Prepare("SELECT token FROM change WHERE revision = ?")
            .Bind(1, mark.Revision)
            .FirstValue(static row => (true, TokenOf(row, 0))) ?? (false, null);
        return isThere && string.Equals(mark.Token, token ?? ReadIdentity(connection), StringComparison.Ordinal);
    }

    private static string? TokenOf(SqlStatement row, int column) => row.IsNull(column) ? null : Convert.ToHexStringLower(row.Bytes(column));

    private static string ReadIdentity(SqlConnection connection) => new SqlStoreReader(connection, revision: 0, now: default).StoreId;
}
