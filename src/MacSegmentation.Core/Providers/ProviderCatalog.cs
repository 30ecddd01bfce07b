using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Naming;

namespace MacSegmentation.Providers;

/// <summary>The rules for creating, changing and removing providers. Every method either throws before its first write or succeeds.</summary>
public static class ProviderCatalog
{
    /// <summary>The largest block that a provider fetches, in addresses: 2^24.</summary>
    public const long LargestBlock = 1L << 24;

    /// <summary>The provider.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">ProviderNotFound.</exception>
    public static MacProvider Get(IProviderReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindProvider(name) ?? throw new MacSegmentationException(
            "ProviderNotFound", MacErrorKind.NotFound, $"The provider '{name}' does not exist. Create it with New-MacProvider '{name}', or list the providers with Get-MacProvider.", name);
    }

    /// <summary>Creates a provider, without blocks.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>The provider as stored.</returns>
    /// <exception cref="MacSegmentationException">InvalidProviderName, InvalidLowWater, InvalidBlockSize, ProviderExists.</exception>
    public static MacProvider Create(IProviderWriter store, MacProvider provider)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(provider);
        RecordName.Validate(provider.Name, "InvalidProviderName", "A provider");
        Validate(provider);
        if (store.FindProvider(provider.Name) is { } existing)
        {
            throw new MacSegmentationException(
                "ProviderExists",
                MacErrorKind.AlreadyExists,
                $"The provider '{existing.Name}' exists already. Give another name, or change it with Set-MacProvider.",
                provider.Name);
        }

        var stored = store.InsertProvider(provider with { CreatedAt = store.Now, SeenAt = null });
        store.AppendAudit(new AuditEntry(AuditAction.CreateProvider, 0, stored.Name, Describe(stored)));
        return stored;
    }

    /// <summary>Changes when a provider fetches a block, and how large a one.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="lowWater">The new low-water mark in per cent, or null.</param>
    /// <param name="blockSize">The new size of a block in addresses, or null.</param>
    /// <returns>The provider as it is now.</returns>
    /// <exception cref="MacSegmentationException">ProviderNotFound, InvalidLowWater, InvalidBlockSize.</exception>
    public static MacProvider Change(IProviderWriter store, string name, int? lowWater, long? blockSize)
    {
        var before = Get(store, name);
        var after = before with { LowWater = lowWater ?? before.LowWater, BlockSize = blockSize ?? before.BlockSize };
        Validate(after);
        if (after != before)
        {
            store.UpdateProvider(after);
            store.AppendAudit(new AuditEntry(AuditAction.ChangeProvider, 0, after.Name, Describe(after)));
        }

        return after;
    }

    /// <summary>The provider, if it could be removed: it has no blocks left, but for the signs of closed ones.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">ProviderNotFound, ProviderInUse.</exception>
    public static MacProvider GetRemovable(IProviderReader store, string name)
    {
        var provider = Get(store, name);
        var (blocks, addresses) = store.CountBlocks(provider.Name);
        return blocks == 0
            ? provider
            : throw new MacSegmentationException(
                "ProviderInUse",
                MacErrorKind.InUse,
                $"The provider '{provider.Name}' has {blocks} {(blocks == 1 ? "block" : "blocks")} with {Count(addresses)} given out. Take them back with Get-MacBlock -Provider '{provider.Name}' | Revoke-MacBlock first.",
                provider.Name);
    }

    /// <summary>Removes a provider.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The provider as it was.</returns>
    /// <exception cref="MacSegmentationException">ProviderNotFound, ProviderInUse.</exception>
    public static MacProvider Remove(IProviderWriter store, string name)
    {
        var provider = GetRemovable(store, name);
        store.DeleteProvider(provider.ProviderId);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveProvider, 0, provider.Name));
        return provider;
    }

    private static void Validate(MacProvider provider)
    {
        if (provider.LowWater is < 0 or > 100)
        {
            throw new MacSegmentationException(
                "InvalidLowWater", MacErrorKind.InvalidArgument, $"A low-water mark of {provider.LowWater} % is not possible. Give 0 to 100, such as 20%.", provider.LowWater);
        }

        if (provider.BlockSize is < 1 or > LargestBlock)
        {
            throw new MacSegmentationException(
                "InvalidBlockSize", MacErrorKind.InvalidArgument, $"A block of {provider.BlockSize} addresses is not possible. Give 1 to {LargestBlock}.", provider.BlockSize);
        }
    }

    private static string Count(long addresses) => addresses == 1 ? "1 address" : $"{addresses} addresses";

    private static string Describe(MacProvider provider) => $"low water {provider.LowWater} %, blocks of {provider.BlockSize}";
}
