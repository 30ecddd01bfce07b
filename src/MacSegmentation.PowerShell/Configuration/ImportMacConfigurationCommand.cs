using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>Makes the store equal to a document, in one transaction; with -WhatIf shows what that would change.</summary>
[Cmdlet(VerbsData.Import, "MacConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ConfigurationChange))]
public sealed class ImportMacConfigurationCommand : StoreCmdlet
{
    /// <summary>The JSON document.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = this.ResolveFile(Path);
            var document = ConfigurationFile.Read(path);
            string question = $"Make the store {Store.Info.Path} equal to {path}: what the document does not name is removed.";
            if (ShouldProcess(question, question, "Import-MacConfiguration", out var reason))
            {
                var changes = Change((store, stopping) =>
                {
                    stopping.ThrowIfCancellationRequested();
                    return ConfigurationPlan.Apply(store, document);
                });
                WriteVerbose(changes.Count == 0 ? "The store was equal to the document." : $"{changes.Count} changes.");
                WriteObject(changes, enumerateCollection: true);
            }
            else if (reason == ShouldProcessReason.WhatIf)
            {
                foreach (var change in Change((store, _) => ConfigurationPlan.Preview(store, document)))
                {
                    ShouldProcess($"VLAN {change.VlanId}: {change.Subject}", $"{change.Action} {change.Detail}".TrimEnd());
                }
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }
}
