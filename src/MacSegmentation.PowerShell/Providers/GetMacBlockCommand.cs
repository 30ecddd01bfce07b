using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Blocks;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Providers;

/// <summary>Lists the blocks of addresses that are delegated to providers.</summary>
[Cmdlet(VerbsCommon.Get, "MacBlock", DefaultParameterSetName = ProviderSet)]
[OutputType(typeof(MacBlock))]
public sealed class GetMacBlockCommand : StoreCmdlet
{
    private const string ProviderSet = "Provider";
    private const string IdSet = "Id";

    /// <summary>Only those of these providers; wildcards allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = ProviderSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ProviderName]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[] Provider { get; set; } = ["*"];

    /// <summary>Only those of these VLANs.</summary>
    [Parameter(Position = 1, ParameterSetName = ProviderSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>The blocks' numbers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [BlockNumber(IsList = true)]
    [ArgumentCompleter(typeof(BlockIdCompleter))]
    public long[] BlockId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long blockId in BlockId)
        {
            Read(store => BlockCatalog.Get(store, blockId), WriteObject);
        }

        if (ParameterSetName is IdSet)
        {
            return;
        }

        foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
        {
            foreach (string provider in Provider)
            {
                Read(store => List(store, vlanId, provider), blocks => WriteObject(blocks, enumerateCollection: true));
            }
        }
    }

    private static IEnumerable<MacBlock> List(IStoreReader store, int? vlanId, string provider)
    {
        if (vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        return NameFilter.IsExact(provider)
            ? BlockCatalog.List(store, vlanId, ProviderCatalog.Get(store, provider).Name)
            : NameFilter.Select(BlockCatalog.List(store, vlanId), block => block.Provider, [provider]);
    }
}
