using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Creates a vNIC profile: the network character of a port.</summary>
[Cmdlet(VerbsCommon.New, "MacProfile", SupportsShouldProcess = true)]
[OutputType(typeof(MacProfile))]
public sealed class NewMacProfileCommand : ProfileCmdlet
{
    /// <summary>Its name, unique in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The preset or the profile that it is like, but for what else is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Preset")]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ProfileModelCompleter))]
    public string? From { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryRead(Wanted, out var wanted) && ShouldProcess($"Profile '{Name}'", From is null ? "Create" : $"Create from '{From}'"))
        {
            Collect(new NamedProfileChange(Name, From, wanted!));
        }
    }

    private protected override MacProfile Change(IStoreWriter writer, NamedProfileChange item) => ProfileCatalog.Create(
        writer, item.Change(item.From is null ? new MacProfile { Name = item.Name } : ProfileCatalog.GetModel(writer, item.From) with { Name = item.Name }));

    private protected override void WriteResult(NamedProfileChange item, MacProfile result) => WriteObject(result);
}
