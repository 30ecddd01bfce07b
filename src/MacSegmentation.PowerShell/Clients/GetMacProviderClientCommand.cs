using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Clients;

/// <summary>Lists the clients of the provider service.</summary>
[Cmdlet(VerbsCommon.Get, "MacProviderClient")]
[OutputType(typeof(MacProviderClient))]
public sealed class GetMacProviderClientCommand : StoreCmdlet
{
    /// <summary>Only clients with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(
                store => NameFilter.IsExact(name) ? [ProviderClientCatalog.Get(store, name)] : NameFilter.Select(store.ListProviderClients(), client => client.Name, [name]),
                clients => WriteObject(clients, enumerateCollection: true));
        }
    }
}
