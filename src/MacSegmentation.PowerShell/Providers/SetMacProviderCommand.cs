using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Changes when providers fetch a block, and how large a one.</summary>
[Cmdlet(VerbsCommon.Set, "MacProvider", SupportsShouldProcess = true)]
[OutputType(typeof(MacProvider))]
public sealed class SetMacProviderCommand : GroupCommitCmdlet<ProviderChange, MacProvider>
{
    /// <summary>The providers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Share of free addresses, in per cent, below which it fetches another block from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PerCent(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? LowWater { get; set; }

    /// <summary>Number of addresses in a block that it fetches from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AddressCount(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? BlockSize { get; set; }

    /// <summary>Writes the changed provider.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var wanted = new WantedValues<MacProvider>(
            new(nameof(LowWater), provider => provider.LowWater, LowWater), new(nameof(BlockSize), provider => provider.BlockSize, BlockSize));
        foreach (string name in Name)
        {
            if (MayChange($"Provider '{name}'", name, wanted, store => ProviderCatalog.Get(store, name)))
            {
                Collect(new ProviderChange(name, LowWater, BlockSize));
            }
        }
    }

    private protected override MacProvider Change(IStoreWriter writer, ProviderChange item) => ProviderCatalog.Change(writer, item.Name, item.LowWater, item.BlockSize);

    private protected override void WriteResult(ProviderChange item, MacProvider result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
