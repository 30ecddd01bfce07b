using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>Gives instances a profile of their own at run time, or has them find one by rules and session once more, and says what enforcers make for them.</summary>
[Cmdlet(VerbsCommon.Set, "MacInstance", SupportsShouldProcess = true)]
[OutputType(typeof(MacInstance))]
public sealed class SetMacInstanceCommand : GroupCommitCmdlet<NamedInstanceChange, MacInstance>
{
    private const string None = "*";

    /// <summary>The instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "InstanceName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The profile; * for that of the first rule that matches now, else the session's default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Profile { get; set; }

    /// <summary>When it has the profile, such as 10:00 or (Get-Date).AddMinutes(5), instead of from now on; it keeps what it has otherwise.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? At { get; set; }

    /// <summary>For how long it has the profile at that time; without it, for ever.</summary>
    [Parameter]
    [Parsed<Duration>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Duration? For { get; set; }

    /// <summary>After how long it has it again, from beginning to beginning.</summary>
    [Parameter]
    [Parsed<Duration>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Duration? Every { get; set; }

    /// <summary>What an enforcer makes on its Linux host for them to use; None for nothing any more.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<AttachmentKind>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<AttachmentKind>))]
    public AttachmentKind? Attach { get; set; }

    /// <summary>The enforcer that makes it, or its host; * for whichever carries their VLAN.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AttachEnforcer")]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(AttachEnforcerCompleter))]
    public string? Enforcer { get; set; }

    /// <summary>Writes the changed instances.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var schedule = At is null && For is null && Every is null ? null
            : new ProfileSchedule(Profile ?? string.Empty, At ?? TimeProvider.System.GetUtcNow(), For?.Value, Every?.Value);
        if (schedule is not null && Profile is null or None)
        {
            Write(new MacSegmentationException(
                "InvalidSchedule", MacErrorKind.InvalidArgument, $"Nothing says which profile is had at that time. Give -Profile a name, or {MacScenario.NoProfile} for no profile.", Profile));
            return;
        }

        // A schedule goes with any other change of the profile: the last word counts.
        var change = new InstanceChange { Profile = schedule is null ? TextOf(Profile) : null, Schedule = schedule, Attach = Attach, AttachEnforcer = TextOf(Enforcer) };
        var wanted = new WantedValues<MacInstance>(
            schedule is null
                ? new(nameof(Profile), instance => instance.Schedule is null ? instance.Profile ?? None : string.Empty, Profile)
                : new(nameof(MacInstance.Schedule), instance => instance.Schedule, schedule),
            new(nameof(Attach), instance => instance.Attach, Attach),
            new(nameof(Enforcer), instance => instance.AttachEnforcer ?? None, Enforcer));
        foreach (string name in Name)
        {
            if (MayChange($"Instance '{name}'", name, wanted, store => InstanceCatalog.Get(store, name)))
            {
                Collect(new NamedInstanceChange(name, change));
            }
        }
    }

    private protected override MacInstance Change(IStoreWriter writer, NamedInstanceChange item) => InstanceCatalog.Change(writer, item.Name, item.Change);

    private protected override void WriteResult(NamedInstanceChange item, MacInstance result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }

    private static string? TextOf(string? given) => string.Equals(given, None, StringComparison.Ordinal) ? string.Empty : given;
}
