using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Clients;

/// <summary>Removes clients of the provider service: their tokens are worth nothing from then on.</summary>
[Cmdlet(VerbsCommon.Remove, "MacProviderClient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacProviderClient))]
public sealed class RemoveMacProviderClientCommand : GroupCommitCmdlet<string, MacProviderClient>
{
    /// <summary>The clients.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the client as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(store => ProviderClientCatalog.Get(store, name), client =>
            {
                if (MayDestroy($"Client '{client.Name}'", "Remove, and end its token", Force))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override MacProviderClient Change(IStoreWriter writer, string item) => ProviderClientCatalog.Remove(writer, item);

    private protected override void WriteResult(string item, MacProviderClient result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
