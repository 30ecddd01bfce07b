using System.CommandLine;
using MacSegmentation.Clients;
using MacSegmentation.Output;

namespace MacSegmentation.Administration;

/// <summary>macseg client: gives programs their tokens for the provider service.</summary>
internal static class ClientCommand
{
    private static readonly Listing<MacProviderClient> Clients = new(
        new("Name", client => client.Name),
        new("VlanId", client => string.Join(',', client.VlanId)),
        new("Scope", client => client.Scope),
        new("Group", client => client.Group),
        new("Quota", client => client.Quota),
        new("ExpiresAt", client => client.ExpiresAt),
        new("CreatedAt", client => client.CreatedAt));

    private static readonly Listing<(MacProviderClient Client, string Token)> NewClients = new(
        new("Name", made => made.Client.Name),
        new("VlanId", made => string.Join(',', made.Client.VlanId)),
        new("Token", made => made.Token));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The client." };
        var vlan = new Option<int[]>("--vlan") { Description = "A VLAN that it may use; may be given again. All if not given.", HelpName = "VLAN", DefaultValueFactory = _ => [] };
        return new Command("client", "Keeps the programs that may ask the provider service.")
        {
            StoreCommand.Changing(
                terminal,
                "create",
                "Creates a client and shows its token, once: only a digest is kept.",
                NewClients,
                (store, given) => [(ProviderClientCatalog.Create(store, given.GetRequiredValue(name), given.GetRequiredValue(vlan), out string token), token)],
                name,
                vlan),
            StoreCommand.Asking(terminal, "list", "Lists the clients.", Clients, (store, _) => store.ListProviderClients()),
            StoreCommand.Changing(
                terminal, "remove", "Removes a client: its token is worth nothing from then on.", Clients, (store, given) => [ProviderClientCatalog.Remove(store, given.GetRequiredValue(name))], name),
        };
    }
}
