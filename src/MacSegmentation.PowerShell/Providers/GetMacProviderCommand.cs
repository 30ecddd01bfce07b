using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Lists providers: when they fetch blocks, and when they last reached the shared store.</summary>
[Cmdlet(VerbsCommon.Get, "MacProvider")]
[OutputType(typeof(MacProvider))]
public sealed class GetMacProviderCommand : StoreCmdlet
{
    /// <summary>Only providers with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(
                store => NameFilter.IsExact(name) ? [ProviderCatalog.Get(store, name)] : NameFilter.Select(store.ListProviders(), provider => provider.Name, [name]),
                providers => WriteObject(providers, enumerateCollection: true));
        }
    }
}
