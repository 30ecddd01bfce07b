namespace MacSegmentation.Stores.Schema;

/// <content>The step that brought backups and what the audit knows beside who did what.</content>
internal static partial class StoreTables
{
    /// <summary>The table that belongs to a store's place, and not to what it holds: it is neither copied nor restored.</summary>
    public const string OfPlace = "store_place";

    /// <summary>
    /// Why a change was made, what holds for the audit, and what each row that a change wrote was before and after it, from which revision on. Events are found by their subject in any case; their numbers rise with their revisions, so those of a revision are found by halving. An address is found among the pairs.
    /// How often the store was restored at its place: who has it open tells by it a restore from a file that somebody else put there.
    /// </summary>
    public const string Version17 =
        """
        ALTER TABLE change ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        CREATE INDEX change_time ON change (time);
        CREATE INDEX audit_subject ON audit (lower(subject), audit_id);
        CREATE TABLE audit_settings (
            is_reason_required INTEGER NOT NULL CHECK (is_reason_required BETWEEN 0 AND 1),
            recorded_from INTEGER NOT NULL);
        INSERT INTO audit_settings SELECT 0, coalesce(max(revision), 0) + 1 FROM change;
        CREATE TABLE audit_record (
            record_id INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL,
            table_name TEXT NOT NULL,
            before TEXT,
            after TEXT);
        CREATE INDEX audit_record_revision ON audit_record (revision, record_id);
        CREATE INDEX address_pair_mac ON address_pair (own_mac_address);
        CREATE TABLE store_place (
            place_id TEXT NOT NULL,
            restores INTEGER NOT NULL CHECK (restores >= 0));
        INSERT INTO store_place VALUES ('{store_id}', 0)
        """;
}
