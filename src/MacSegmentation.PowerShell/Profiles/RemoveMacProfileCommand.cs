using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Removes vNIC profiles.</summary>
[Cmdlet(VerbsCommon.Remove, "MacProfile", SupportsShouldProcess = true)]
[OutputType(typeof(MacProfile))]
public sealed class RemoveMacProfileCommand : GroupCommitCmdlet<string, MacProfile>
{
    /// <summary>The profiles.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Takes them off the interfaces whose ports have them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The profile that these interfaces have from then on.</summary>
    [Parameter]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ReplaceWith { get; set; }

    /// <summary>Writes the profiles as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(
                store => ProfileCatalog.GetRemovable(store, name, Force, ReplaceWith) is var profile ? (profile.Name, Users: store.CountInterfacesWith(profile.Name)) : default,
                found =>
                {
                    string what = found.Users == 0 ? "Remove"
                        : ReplaceWith is null ? $"Remove, and take it off {found.Users} interfaces"
                        : $"Remove, and give {found.Users} interfaces '{ReplaceWith}'";
                    if (ShouldProcess($"Profile '{found.Name}'", what))
                    {
                        Collect(name);
                    }
                });
        }
    }

    private protected override MacProfile Change(IStoreWriter writer, string item) => ProfileCatalog.Remove(writer, item, Force, ReplaceWith);

    private protected override void WriteResult(string item, MacProfile result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
