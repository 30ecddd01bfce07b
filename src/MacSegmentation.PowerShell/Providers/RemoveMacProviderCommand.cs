using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Removes providers that have no blocks left.</summary>
[Cmdlet(VerbsCommon.Remove, "MacProvider", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacProvider))]
public sealed class RemoveMacProviderCommand : RemovalCmdlet<string, MacProvider>
{
    /// <summary>The providers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override string Action => "Remove";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(Name);

    private protected override MacProvider GetRemovable(IStoreReader store, string key) => ProviderCatalog.GetRemovable(store, key);

    private protected override string Describe(MacProvider record) => $"Provider '{record.Name}'";

    private protected override MacProvider Change(IStoreWriter writer, string item) => ProviderCatalog.Remove(writer, item);
}
