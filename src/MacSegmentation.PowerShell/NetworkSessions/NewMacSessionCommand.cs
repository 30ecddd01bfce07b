using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Creates a session: instances in one VLAN that belong together, with a profile for those that have no other.</summary>
[Cmdlet(VerbsCommon.New, "MacSession", SupportsShouldProcess = true)]
[OutputType(typeof(MacSession))]
public sealed class NewMacSessionCommand : GroupCommitCmdlet<SessionRequest, MacSession>
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The VLAN of its instances, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The profile of instances that have no other.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? DefaultProfile { get; set; }

    /// <summary>Whether its instances reach those of other sessions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<SessionIsolation>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<SessionIsolation>))]
    public SessionIsolation? Isolation { get; set; }

    /// <summary>A file of which profiles its instances have over time, from now on; none for what they have otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    public string? Scenario { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryRead(() => this.ReadScenario(Scenario), out var scenario))
        {
            return;
        }

        if (ShouldProcess($"Session '{Name}'", $"Create in VLAN {VlanId}"))
        {
            Collect(new SessionRequest { Name = Name, VlanId = VlanId, DefaultProfile = DefaultProfile, Isolation = Isolation ?? SessionIsolation.Full, Scenario = scenario });
        }
    }

    private protected override MacSession Change(IStoreWriter writer, SessionRequest item) => SessionCatalog.Create(writer, item);

    private protected override void WriteResult(SessionRequest item, MacSession result) => WriteObject(result);
}
