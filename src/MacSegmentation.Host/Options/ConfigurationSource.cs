using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Configuration;
using MacSegmentation.Following;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Options;

/// <summary>The options that say by what frames are judged: a document or a store, and what holds for VLANs that it does not have.</summary>
internal sealed class ConfigurationSource
{
    private readonly Option<string> config = new("--config") { Description = "The policies: a document, loaded into a temporary store.", HelpName = "FILE.json" };
    private readonly Option<string> store;
    private readonly Option<PolicyAction> unknownVlan =
        ParsedOption.CreateChoice("--unknown-vlan", "What happens to frames of a VLAN that the store does not have.", Enum.GetValues<PolicyAction>());

    /// <summary>Makes the options.</summary>
    /// <param name="storeDescription">What the store is to the command.</param>
    public ConfigurationSource(string storeDescription)
    {
        store = StoreAccess.Option(storeDescription);
        unknownVlan.DefaultValueFactory = _ => PolicyAction.Allow;
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(config);
        command.Add(store);
        command.Add(unknownVlan);
        command.Validators.Add(given =>
        {
            bool isDocument = given.GetResult(config) is { Implicit: false };
            bool isStore = given.GetResult(store) is { Implicit: false };
            if (isDocument ? isStore : !isStore && MacStoreOptions.DefaultPlace is null)
            {
                given.AddError("Give the policies as one of --config FILE.json and --store STORE.");
            }
        });
    }

    /// <summary>Opens what was given.</summary>
    public IMacStore Open(ParseResult given) => Read(given)();

    /// <summary>Reads the document, if one was given: whatever is wrong with it is told before anything else is done.</summary>
    /// <returns>Opens the store.</returns>
    public Func<IMacStore> Read(ParseResult given)
    {
        if (given.GetValue(config) is not { } path)
        {
            return () => StoreAccess.OpenToRead(StoreAccess.PlaceOf(given, store));
        }

        var document = ConfigurationFile.Read(path);
        return () => StoreAccess.OpenTemporary(document);
    }

    /// <summary>Reads and compiles what was opened.</summary>
    public StoreFollower Follow(IMacStore opened, ParseResult given) => new(opened, given.GetValue(unknownVlan));
}
