using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sessions;

/// <summary>
/// A revision as one of this store's: its number, and the token that its change drew. A store may come to one number twice, when a server fell back or a file was
/// replaced by an older copy; it does not come to one token twice.
/// </summary>
/// <param name="Revision">The number.</param>
/// <param name="Token">The token in hexadecimal digits; the store's identity before the first change, and for a change of a version that drew none.</param>
internal sealed record StoreMark(long Revision, string Token)
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
    public bool IsIn(SqlConnection connection)
    {
        if (Revision == 0)
        {
            return string.Equals(Token, ReadIdentity(connection), StringComparison.Ordinal);
        }

        var (isThere, token) = connection
            .Prepare("SELECT token FROM change WHERE revision = ?")
            .Bind(1, Revision)
            .FirstValue(static row => (true, TokenOf(row, 0))) ?? (false, null);
        return isThere && string.Equals(Token, token ?? ReadIdentity(connection), StringComparison.Ordinal);
    }

    private static string? TokenOf(SqlStatement row, int column) => row.IsNull(column) ? null : Convert.ToHexStringLower(row.Bytes(column));

    private static string ReadIdentity(SqlConnection connection) => new SqlStoreReader(connection, revision: 0, now: default).StoreId;
}
