using MacSegmentation.Vlans;

namespace MacSegmentation.Clients;

/// <summary>The rows of clients.</summary>
public interface IProviderClientReader : IVlanReader
{
    /// <summary>The client of the provider service with this name, in any case, or null.</summary>
    MacProviderClient? FindProviderClient(string name);

    /// <summary>Clients of the provider service by name.</summary>
    IReadOnlyList<MacProviderClient> ListProviderClients();
}
