using MacSegmentation.Handles;
using MacSegmentation.Naming;
using MacSegmentation.Transactions;

namespace MacSegmentation.Providers;

/// <summary>The rows of providers, and of the one whose own the store is.</summary>
public interface IProviderReader : ITransaction, IReplica, IProviderUses
{
    /// <summary>The provider with this name, in any case, or null.</summary>
    MacProvider? FindProvider(string name);

    /// <summary>Providers by name.</summary>
    IReadOnlyList<MacProvider> ListProviders();

    /// <summary>Whose the store is if it is a provider's own, or null if it is a shared store.</summary>
    ProviderState? FindProviderState();

    /// <inheritdoc/>
    bool IReplica.IsReplica => FindProviderState() is not null;

    /// <summary>The providers by their names.</summary>
    NamedRecords ProviderNames => new("Provider", [.. ListProviders().Select(provider => new NamedRecord(provider.Name, VlanId: 0, provider.Uri.Length > 0 ? provider.Uri : "never seen"))]);
}
