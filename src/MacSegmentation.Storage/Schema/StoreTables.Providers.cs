namespace MacSegmentation.Stores.Schema;

/// <content>The steps about providers and the handles that they answer.</content>
internal static partial class StoreTables
{
    /// <summary>
    /// What shows that a shared store went back to an earlier state, or that a provider's own store is a copy or an older one: the revision that was seen last, by its token, and what both
    /// drew when the provider entered. And the how many-th address of its handle a record is about, which tells newer from older without a clock.
    /// </summary>
    public const string Version15 =
        """
        ALTER TABLE handle ADD COLUMN assignment INTEGER NOT NULL DEFAULT 1 CHECK (assignment > 0);
        ALTER TABLE provider ADD COLUMN generation TEXT NOT NULL DEFAULT '';
        ALTER TABLE provider_state ADD COLUMN mark_revision INTEGER NOT NULL DEFAULT 0 CHECK (mark_revision >= 0);
        ALTER TABLE provider_state ADD COLUMN mark_token TEXT NOT NULL DEFAULT '';
        ALTER TABLE provider_state ADD COLUMN generation TEXT NOT NULL DEFAULT '';
        ALTER TABLE provider_state ADD COLUMN drawn_generations TEXT NOT NULL DEFAULT '';
        ALTER TABLE provider_state ADD COLUMN is_telling_again INTEGER NOT NULL DEFAULT 0 CHECK (is_telling_again BETWEEN 0 AND 1)
        """;
}
