using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Ends instances: their addresses go back, and their interface records and profiles of their own go.</summary>
[Cmdlet(VerbsCommon.Remove, "MacInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacInstance))]
public sealed class RemoveMacInstanceCommand : RemovalCmdlet<string, MacInstance>
{
    /// <summary>The instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "InstanceName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override string Action => "End, give its address back, and remove its interface record";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(Name);

    private protected override MacInstance GetRemovable(IStoreReader store, string key) => InstanceCatalog.GetRemovable(store, key, Force);

    private protected override string Describe(MacInstance record) => $"Instance '{record.Name}'";

    private protected override MacInstance Change(IStoreWriter writer, string item) => InstanceCatalog.Remove(writer, item, Force);
}
