using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Blocks;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Delegates free addresses of a VLAN to providers.</summary>
[Cmdlet(VerbsSecurity.Grant, "MacBlock", SupportsShouldProcess = true)]
[OutputType(typeof(MacBlock))]
public sealed class GrantMacBlockCommand : GroupCommitCmdlet<BlockGrant, IReadOnlyList<MacBlock>>
{
    /// <summary>The providers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ProviderName]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[] Provider { get; set; } = [];

    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>How many addresses each provider gets.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [AddressCount]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long Count { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string provider in Provider)
        {
            if (ShouldProcess($"Provider '{provider}'", $"Delegate {Count} addresses of VLAN {VlanId}"))
            {
                Collect(new BlockGrant(provider, VlanId, Count));
            }
        }
    }

    private protected override IReadOnlyList<MacBlock> Change(IStoreWriter writer, BlockGrant item) => BlockCatalog.Grant(writer, item.Provider, item.VlanId, item.Count);

    private protected override void WriteResult(BlockGrant item, IReadOnlyList<MacBlock> result) => WriteObject(result, enumerateCollection: true);
}
