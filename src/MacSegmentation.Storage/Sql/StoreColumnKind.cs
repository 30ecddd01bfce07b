namespace MacSegmentation.Stores.Sql;

/// <summary>What a column holds.</summary>
internal enum StoreColumnKind
{
    /// <summary>A number of 64 bits.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Octets.</summary>
    Bytes,
}
