using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Changes sessions. Instances that have their profile from the session follow its default.</summary>
[Cmdlet(VerbsCommon.Set, "MacSession", SupportsShouldProcess = true)]
[OutputType(typeof(MacSession))]
public sealed class SetMacSessionCommand : GroupCommitCmdlet<NamedSessionChange, MacSession>
{
    private const string None = "*";

    /// <summary>The sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The profile of instances that have no other, from now on; * for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? DefaultProfile { get; set; }

    /// <summary>Whether their instances reach those of other sessions from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<SessionIsolation>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<SessionIsolation>))]
    public SessionIsolation? Isolation { get; set; }

    /// <summary>A file of which profiles its instances have over time, from now on; none for what they have otherwise.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    public string? Scenario { get; set; }

    /// <summary>Writes the changed sessions.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryRead(() => this.ReadScenario(Scenario), out var scenario))
        {
            return;
        }

        var change = new SessionChange { DefaultProfile = string.Equals(DefaultProfile, None, StringComparison.Ordinal) ? string.Empty : DefaultProfile, Isolation = Isolation, Scenario = scenario };
        var wanted = new WantedValues<MacSession>(
            new(nameof(DefaultProfile), session => session.DefaultProfile ?? None, DefaultProfile), new(nameof(Isolation), session => session.Isolation, Isolation),
            new(nameof(Scenario), session => session.Scenario ?? MacScenario.None, scenario));
        foreach (string name in Name)
        {
            if (MayChange($"Session '{name}'", name, wanted, store => SessionCatalog.Get(store, name)))
            {
                Collect(new NamedSessionChange(name, change));
            }
        }
    }

    private protected override MacSession Change(IStoreWriter writer, NamedSessionChange item) => SessionCatalog.Change(writer, item.Name, item.Change);

    private protected override void WriteResult(NamedSessionChange item, MacSession result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
