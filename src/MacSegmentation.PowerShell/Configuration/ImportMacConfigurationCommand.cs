using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>Makes the store equal to a document, in one transaction; asks first if the store would lose something.</summary>
[Cmdlet(VerbsData.Import, "MacConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ConfigurationChange))]
public sealed class ImportMacConfigurationCommand : StoreCmdlet
{
    /// <summary>The JSON document.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Does not ask, also if the store has what the document does not name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = this.ResolveFile(Path);
            var document = Await(() => ConfigurationFile.Read(path), "Reading the configuration", place: path);
            var planned = Change((store, stopping) => ConfigurationPlan.PreviewStoppable(store, document, stopping));
            var losses = planned.Where(IsLoss).CountBy(change => change.Action).Select(kind => $"{kind.Value} x {kind.Key}").ToList();
            if (IsWhatIf)
            {
                foreach (var change in planned)
                {
                    ShouldProcess(TargetOf(change), $"{change.Action} {change.Detail}".TrimEnd());
                }
            }
            else if (MayDestroy(Store.Info.Path, $"Make equal to {path}: {string.Join(", ", losses)}", Force || losses.Count == 0))
            {
                var changes = Change((store, stopping) => ConfigurationPlan.ApplyStoppable(store, document, stopping));
                WriteVerbose(changes.Count == 0 ? "The store was equal to the document." : $"{changes.Count} changes.");
                WriteObject(changes, enumerateCollection: true);
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    /// <summary>What the change is made to; a VLAN names itself, and a security group belongs to none.</summary>
    private static string TargetOf(ConfigurationChange change) =>
        change.VlanId == 0 || change.Action is AuditAction.CreateVlan or AuditAction.ChangeVlan or AuditAction.RemoveVlan
            ? change.Subject
            : $"{change.Subject} in VLAN {change.VlanId}";

    /// <summary>True if the store has something that the document does not name.</summary>
    private static bool IsLoss(ConfigurationChange change) =>
        change.Action is AuditAction.ReleaseAddress || change.Action.ToString().StartsWith("Remove", StringComparison.Ordinal);
}
