namespace MacSegmentation.Stores.Postgres;

/// <summary>What a statement does to the store.</summary>
internal enum PostgresEffect
{
    /// <summary>It asks, or controls the transaction.</summary>
    None,

    /// <summary>It changes records that no enforcer follows.</summary>
    Record,

    /// <summary>It changes what enforcers are made of.</summary>
    Configuration,
}
