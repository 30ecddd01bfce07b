using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>Makes the store equal to a document, in one transaction; asks first if the store would lose something.</summary>
[Cmdlet(VerbsData.Import, "MacConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ConfigurationChange))]
public sealed class ImportMacConfigurationCommand : ChangeCmdlet
{
    private readonly WorkProgress progress = new("things of the document");

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
            WriteVerbose($"Reading {path}.");
            var document = Await(() => ConfigurationFile.Read(path), "Reading the configuration", place: path);
            if (IsWhatIf)
            {
                // What is rolled back needs no reason.
                var store = Store;
                var token = StopToken;
                foreach (var change in Await(() => ConfigurationPlan.PreviewStoppable(store, document, token), "Working out the changes"))
                {
                    ShouldProcess(TargetOf(change), $"{change.Action} {change.Detail}".TrimEnd());
                }

                return;
            }

            // Whoever has said whether to be asked is asked so; nobody is where -Force alone was said.
            var outcome = Apply(document, acceptsLoss: Force && !MyInvocation.BoundParameters.ContainsKey("Confirm"));
            if (!outcome.IsApplied)
            {
                string losses = string.Join(", ", outcome.Loss.Select(kind => $"{kind.Value} x {kind.Key}"));
                if (!MayDestroy(Store.Info.Path, $"Make equal to {path}: {losses}", Force))
                {
                    return;
                }

                outcome = Apply(document, acceptsLoss: true);
            }

            WriteChanges(document, outcome);
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

    private ConfigurationOutcome Apply(MacConfiguration document, bool acceptsLoss) => Change(
        (store, stopping) => ConfigurationPlan.ApplyUnlessLoss(store, document, acceptsLoss, progress.Report, stopping), "Making the store equal to the document", progress.Describe);

    /// <summary>Writes what was changed from where it stands, the store's audit: there may be millions.</summary>
    private void WriteChanges(MacConfiguration document, ConfigurationOutcome outcome)
    {
        WriteVerbose(outcome.Count.Count == 0
            ? "The store was equal to the document."
            : $"{outcome.Count.Values.Sum()} changes: {string.Join(", ", outcome.Count.Select(kind => $"{kind.Value} x {kind.Key}"))}.");
        foreach (string warning in document.Vlans.SelectMany(vlan => ReservedAddresses.Warnings(vlan.Id, vlan.Ranges)))
        {
            WriteWarning(warning);
        }

        Stream<MacAuditEvent>(
            (store, last, count) => (last?.AuditId ?? outcome.AfterAuditId) is var after && after < outcome.LastAuditId
                ? store.ListAuditEvents(new AuditQuery { After = after, Oldest = (int)Math.Min(count, outcome.LastAuditId - after) })
                : [],
            convert: ConfigurationChange.Of);
    }
}
