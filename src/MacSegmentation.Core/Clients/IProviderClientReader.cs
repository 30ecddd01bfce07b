using MacSegmentation.Naming;
using MacSegmentation.Vlans;

namespace MacSegmentation.Clients;

/// <summary>The rows of clients.</summary>
public interface IProviderClientReader : IVlanReader
{
    /// <summary>The client of the provider service with this name, in any case, or null.</summary>
    MacProviderClient? FindProviderClient(string name);

    /// <summary>Clients of the provider service by name.</summary>
    IReadOnlyList<MacProviderClient> ListProviderClients();

    /// <summary>The clients of the provider service by their names.</summary>
    NamedRecords ProviderClientNames => new("ProviderClient", [.. ListProviderClients().Select(client => new NamedRecord(client.Name, VlanId: 0, client.VlanId.Count == 0 ? "all VLANs" : $"VLAN {string.Join(", ", client.VlanId)}"))]);
}
