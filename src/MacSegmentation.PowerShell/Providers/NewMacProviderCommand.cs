using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Creates a provider, without blocks.</summary>
[Cmdlet(VerbsCommon.New, "MacProvider", SupportsShouldProcess = true)]
[OutputType(typeof(MacProvider))]
public sealed class NewMacProviderCommand : GroupCommitCmdlet<MacProvider, MacProvider>
{
    private static readonly MacProvider Defaults = new() { Name = string.Empty };

    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Share of free addresses, in per cent, below which it fetches another block.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PerCent(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? LowWater { get; set; }

    /// <summary>Number of addresses in a block that it fetches.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AddressCount(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? BlockSize { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Provider '{Name}'", "Create"))
        {
            Collect(new MacProvider { Name = Name, LowWater = LowWater ?? Defaults.LowWater, BlockSize = BlockSize ?? Defaults.BlockSize });
        }
    }

    private protected override MacProvider Change(IStoreWriter writer, MacProvider item) => ProviderCatalog.Create(writer, item);

    private protected override void WriteResult(MacProvider item, MacProvider result) => WriteObject(result);
}
