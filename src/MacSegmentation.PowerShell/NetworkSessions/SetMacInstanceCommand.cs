using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

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

    /// <summary>Writes the changed instances.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var wanted = new WantedValues<MacInstance>(new WantedValue<MacInstance>(nameof(Profile), instance => instance.Profile ?? None, Profile));
        foreach (string name in Name)
        {
            if (MayChange($"Instance '{name}'", name, wanted, store => InstanceCatalog.Get(store, name)))
            {
                Collect(new InstanceProfile(name, string.Equals(Profile, None, StringComparison.Ordinal) ? string.Empty : Profile!));
            }
        }
    }

    private protected override MacInstance Change(IStoreWriter writer, InstanceProfile item) => InstanceCatalog.Change(writer, item.Name, item.Profile);

    private protected override void WriteResult(InstanceProfile item, MacInstance result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
