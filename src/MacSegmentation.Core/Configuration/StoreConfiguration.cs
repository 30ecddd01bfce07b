using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>The document that a store equals.</summary>
public static class StoreConfiguration
{
    /// <summary>The document that a store equals: everything explicit and in ascending sequence, so that equal stores give equal texts.</summary>
    /// <param name="store">The transaction.</param>
    public static MacConfiguration Read(IStoreReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return MacConfiguration.Read(store);
    }

    /// <summary>What a store holds that no document says, in words such as <c>handles, blocks</c>; null if it has nothing of it. The audit is never in a document.</summary>
    /// <param name="store">The transaction.</param>
    public static string? DescribeLeft(IStoreReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        string[] left =
        [
            .. store.ListHandlesAfter(null, 1).Count > 0 ? ["handles"] : (string[])[],
            .. store.ListProviders().Count > 0 ? ["providers"] : (string[])[],
            .. store.ListBlocks().Count > 0 ? ["blocks"] : (string[])[],
            .. store.ListProviderClients().Count > 0 ? ["clients"] : (string[])[],
        ];
        return left.Length > 0 ? string.Join(", ", left) : null;
    }
}
