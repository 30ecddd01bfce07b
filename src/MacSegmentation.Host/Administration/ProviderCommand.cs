using System.CommandLine;
using MacSegmentation.Commands;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Providers;
using MacSegmentation.Units;

namespace MacSegmentation.Administration;

/// <summary>macseg provider: creates, lists, changes and removes providers.</summary>
internal static class ProviderCommand
{
    private static readonly Listing<MacProvider> Providers = new(
        new("Name", provider => provider.Name),
        new("LowWater", provider => provider.LowWater),
        new("BlockSize", provider => provider.BlockSize),
        new("CreatedAt", provider => provider.CreatedAt),
        new("SeenAt", provider => provider.SeenAt),
        new("Uri", provider => provider.Uri));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The provider." };
        var lowWater = ParsedOption.Create<Share>("--low-water", "PERCENT", "Fetch a block when fewer addresses are free, in per cent: 0 to 100, 20% if not given.");
        var blockSize = new Option<long?>("--block-size") { Description = "Addresses in a block that it fetches, 4096 if not given.", HelpName = "COUNT" };
        return new Command("provider", "Keeps the providers, which answer devices from blocks of addresses that are delegated to them.")
        {
            StoreCommand.Changing(
                terminal,
                "create",
                "Creates a provider, without blocks.",
                Providers,
                (store, given) => [ProviderCatalog.Create(store, Wanted(given.GetRequiredValue(name), given.GetValue(lowWater)?.PerCent, given.GetValue(blockSize)))],
                name,
                lowWater,
                blockSize),
            StoreCommand.Asking(terminal, "list", "Lists the providers.", Providers, (store, _) => store.ListProviders()),
            StoreCommand.Changing(
                terminal,
                "change",
                "Changes when a provider fetches a block, and how large a one.",
                Providers,
                (store, given) => [ProviderCatalog.Change(store, given.GetRequiredValue(name), given.GetValue(lowWater)?.PerCent, given.GetValue(blockSize))],
                name,
                lowWater,
                blockSize),
            StoreCommand.Changing(
                terminal,
                "remove",
                "Removes a provider that has no blocks.",
                Providers,
                (store, given) => [ProviderCatalog.Remove(store, given.GetRequiredValue(name))],
                name),
        };
    }

    private static MacProvider Wanted(string name, int? lowWater, long? blockSize)
    {
        var usual = new MacProvider { Name = name };
        return usual with { LowWater = lowWater ?? usual.LowWater, BlockSize = blockSize ?? usual.BlockSize };
    }
}
