using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Lists vNIC profiles, or the presets that they can be made from.</summary>
[Cmdlet(VerbsCommon.Get, "MacProfile")]
[OutputType(typeof(MacProfile))]
public sealed class GetMacProfileCommand : StoreCmdlet
{
    /// <summary>Only those with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Lists the presets, which are in no store.</summary>
    [Parameter]
    public SwitchParameter Preset { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (Preset)
            {
                WritePresets(name);
                continue;
            }

            Read(
                store => NameFilter.IsExact(name)
                    ? [ProfileCatalog.Get(store, name)]
                    : NameFilter.Select(store.ListProfiles(), profile => profile.Name, [name]),
                profiles => WriteObject(profiles, enumerateCollection: true));
        }
    }

    private void WritePresets(string name)
    {
        if (!NameFilter.IsExact(name))
        {
            WriteObject(NameFilter.Select(ProfilePresets.All, preset => preset.Name, [name]), enumerateCollection: true);
            return;
        }

        try
        {
            WriteObject(ProfilePresets.Get(name));
        }
        catch (Errors.MacSegmentationException error)
        {
            Write(error);
        }
    }
}
