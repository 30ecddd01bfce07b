using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Removes interface records with their address pairs and memberships.</summary>
[Cmdlet(VerbsCommon.Remove, "MacInterface", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacInterface))]
public sealed class RemoveMacInterfaceCommand : RemovalCmdlet<string, MacInterface>
{
    /// <summary>The records.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("InterfaceName")]
    [InterfaceName(TakesName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Name { get; set; } = [];

    private protected override string Action => "Remove with its address pairs and memberships";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(Name);

    private protected override MacInterface GetRemovable(IStoreReader store, string key) => InterfaceCatalog.GetRemovable(store, key, Force);

    private protected override string Describe(MacInterface record) => $"Interface '{record.Name}'";

    private protected override MacInterface Change(IStoreWriter writer, string item) => InterfaceCatalog.Remove(writer, item, Force);
}
