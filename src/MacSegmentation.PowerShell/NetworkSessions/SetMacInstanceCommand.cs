using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Units;

namespace MacSegmentation.NetworkSessions;

/// <summary>Gives instances a profile of their own at run time, or has them find one by rules and session once more.</summary>
[Cmdlet(VerbsCommon.Set, "MacInstance", SupportsShouldProcess = true)]
[OutputType(typeof(MacInstance))]
public sealed class SetMacInstanceCommand : GroupCommitCmdlet<InstanceProfile, MacInstance>
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

        // A schedule goes with any other change: the last word counts.
        var wanted = schedule is null
            ? new WantedValues<MacInstance>(new WantedValue<MacInstance>(nameof(Profile), instance => instance.Schedule is null ? instance.Profile ?? None : string.Empty, Profile))
            : new WantedValues<MacInstance>(new WantedValue<MacInstance>(nameof(MacInstance.Schedule), instance => instance.Schedule, schedule));
        foreach (string name in Name)
        {
            if (MayChange($"Instance '{name}'", name, wanted, store => InstanceCatalog.Get(store, name)))
            {
                Collect(new InstanceProfile(name, string.Equals(Profile, None, StringComparison.Ordinal) ? string.Empty : Profile!, schedule));
            }
        }
    }

    private protected override MacInstance Change(IStoreWriter writer, InstanceProfile item) => item.Schedule is { } schedule
        ? InstanceCatalog.Schedule(writer, item.Name, schedule)
        : InstanceCatalog.Change(writer, item.Name, item.Profile);

    private protected override void WriteResult(InstanceProfile item, MacInstance result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
