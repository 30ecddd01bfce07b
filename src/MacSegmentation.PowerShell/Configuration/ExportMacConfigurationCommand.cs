using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>Writes what the store holds as a document, which Import-MacConfiguration and <c>macseg apply</c> read.</summary>
[Cmdlet(VerbsData.Export, "MacConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMacConfigurationCommand : StoreCmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leaves a file alone that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes the file as an object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            string path = this.ResolveFile(Path);
            if (NoClobber)
            {
                ConfigurationFile.RequireNew(path);
            }

            if (ShouldProcess(path, "Write the store's configuration"))
            {
                Read(store => (Document: StoreConfiguration.Read(store), Left: StoreConfiguration.DescribeLeft(store)), read =>
                {
                    var (document, left) = read;
                    Tell(left);
                    Await(
                        () =>
                        {
                            ConfigurationFile.Write(path, document, mayReplace: !NoClobber);
                            return path;
                        },
                        "Writing the configuration",
                        place: path);
                    if (PassThru)
                    {
                        WriteObject(InvokeProvider.Item.Get([path], force: false, literalPath: true), enumerateCollection: true);
                    }
                });
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    /// <summary>Says what the document does not hold: as a warning where the store has it.</summary>
    private void Tell(string? left)
    {
        if (left is null)
        {
            WriteVerbose("A document holds what is configured: no handles, providers, blocks and clients, and no audit. Backup-MacStore keeps all.");
        }
        else
        {
            WriteWarning($"The document does not hold {left}, and not the audit. Backup-MacStore keeps all.");
        }
    }
}
