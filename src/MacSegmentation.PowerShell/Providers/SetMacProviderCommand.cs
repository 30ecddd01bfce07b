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
        foreach (string name in Name)
        {
            if (LowWater is null && BlockSize is null)
            {
                Write(NothingToChange.Of($"provider '{name}'", "LowWater, BlockSize", name));
            }
            else if (MayChange(
                $"Provider '{name}'",
                store => ProviderCatalog.Get(store, name),
                provider => Differences.Describe(("LowWater", provider.LowWater, LowWater), ("BlockSize", provider.BlockSize, BlockSize))))
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
