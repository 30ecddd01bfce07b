using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Removes providers that have no blocks left.</summary>
[Cmdlet(VerbsCommon.Remove, "MacProvider", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacProvider))]
public sealed class RemoveMacProviderCommand : GroupCommitCmdlet<string, MacProvider>
{
    /// <summary>The providers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the provider as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(store => ProviderCatalog.GetRemovable(store, name), provider =>
            {
                if (MayDestroy($"Provider '{provider.Name}'", "Remove", Force))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override MacProvider Change(IStoreWriter writer, string item) => ProviderCatalog.Remove(writer, item);

    private protected override void WriteResult(string item, MacProvider result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
