using System.CommandLine;
using MacSegmentation.Blocks;
using MacSegmentation.Output;

namespace MacSegmentation.Administration;

/// <summary>macseg block: delegates addresses to providers and takes them back.</summary>
internal static class BlockCommand
{
    private static readonly Listing<MacBlock> Blocks = new(
        new("BlockId", block => block.BlockId),
        new("Provider", block => block.Provider),
        new("VlanId", block => block.VlanId),
        new("Range", block => block.Range),
        new("Size", block => block.Size),
        new("Used", block => block.Used),
        new("State", block => block.State),
        new("Epoch", block => block.Epoch),
        new("GrantedAt", block => block.GrantedAt));

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal) => new("block", "Delegates addresses to providers and takes them back.")
    {
        Grant(terminal),
        List(terminal),
        Revoke(terminal),
    };

    private static Command Grant(Terminal terminal)
    {
        var provider = new Argument<string>("PROVIDER") { Description = "The provider." };
        var vlan = new Option<int>("--vlan") { Description = "The VLAN.", HelpName = "VLAN", Required = true };
        var count = new Option<long>("--count") { Description = "How many addresses.", HelpName = "COUNT", Required = true };
        return StoreCommand.Changing(
            terminal,
            "grant",
            "Delegates addresses that were never given out.",
            Blocks,
            (store, given) => BlockCatalog.Grant(store, given.GetRequiredValue(provider), given.GetValue(vlan), given.GetValue(count)),
            provider,
            vlan,
            count);
    }

    private static Command List(Terminal terminal)
    {
        var provider = new Option<string>("--provider") { Description = "Only those of this provider.", HelpName = "NAME" };
        var vlan = new Option<int?>("--vlan") { Description = "Only those of this VLAN.", HelpName = "VLAN" };
        return StoreCommand.Asking(
            terminal, "list", "Lists the blocks.", Blocks, (store, given) => BlockCatalog.List(store, given.GetValue(vlan), given.GetValue(provider)), provider, vlan);
    }

    private static Command Revoke(Terminal terminal)
    {
        var block = new Argument<long>("BLOCK") { Description = "The block's number." };
        var freeOnly = new Option<bool>("--free-only") { Description = "Leave the provider the addresses that are given out." };
        var force = new Option<bool>("--force")
        {
            Description = "Close its epoch without the provider's word: whoever says so answers for it that the provider is dead.",
        };
        return StoreCommand.Changing(
            terminal,
            "revoke",
            "Asks a block back; it returns when its provider has confirmed.",
            Blocks,
            (store, given) => [given.GetValue(force)
                ? BlockCatalog.Close(store, given.GetValue(block))
                : BlockCatalog.Recall(store, given.GetValue(block), given.GetValue(freeOnly))],
            block,
            freeOnly,
            force);
    }
}
