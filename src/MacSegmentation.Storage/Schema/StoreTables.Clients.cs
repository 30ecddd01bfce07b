namespace MacSegmentation.Stores.Schema;

/// <content>The steps about clients of the provider service, and what belongs to them.</content>
internal static partial class StoreTables
{
    /// <summary>
    /// Whom a handle belongs to: one name is one owner's, and another's is another record. What was registered before belongs to nobody. And what a client may do, how much, how long, and the token that it
    /// had before.
    /// </summary>
    public const string Version18 =
        """
        ALTER TABLE handle ADD COLUMN client TEXT NOT NULL DEFAULT '';
        ALTER TABLE handle ADD COLUMN client_key TEXT NOT NULL DEFAULT '';
        DROP INDEX handle_name;
        CREATE UNIQUE INDEX handle_name ON handle (handle, copy_key, client_key);
        CREATE INDEX handle_client ON handle (client_key) WHERE state = 0;
        ALTER TABLE provider_client ADD COLUMN scope INTEGER NOT NULL DEFAULT 3 CHECK (scope BETWEEN 1 AND 7);
        ALTER TABLE provider_client ADD COLUMN client_group TEXT NOT NULL DEFAULT '';
        ALTER TABLE provider_client ADD COLUMN quota INTEGER NOT NULL DEFAULT 0 CHECK (quota >= 0);
        ALTER TABLE provider_client ADD COLUMN expires_at INTEGER;
        ALTER TABLE provider_client ADD COLUMN former_digest BLOB;
        ALTER TABLE provider_client ADD COLUMN former_until INTEGER
        """;
}
