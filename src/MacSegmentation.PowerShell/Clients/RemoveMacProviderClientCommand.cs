using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Clients;

/// <summary>Removes clients of the provider service: their tokens are worth nothing from then on.</summary>
[Cmdlet(VerbsCommon.Remove, "MacProviderClient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacProviderClient))]
public sealed class RemoveMacProviderClientCommand : RemovalCmdlet<string, MacProviderClient>
{
    /// <summary>The clients.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override string Action => "Remove, and end its token";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(Name);

    private protected override MacProviderClient GetRemovable(IStoreReader store, string key) => ProviderClientCatalog.Get(store, key);

    private protected override string Describe(MacProviderClient record) => $"Client '{record.Name}'";

    private protected override MacProviderClient Change(IStoreWriter writer, string item) => ProviderClientCatalog.Remove(writer, item);
}
