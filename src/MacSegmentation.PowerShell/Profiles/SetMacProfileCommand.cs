using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.Profiles;

/// <summary>Changes vNIC profiles. The ports that have them follow.</summary>
[Cmdlet(VerbsCommon.Set, "MacProfile", SupportsShouldProcess = true)]
[OutputType(typeof(MacProfile))]
public sealed class SetMacProfileCommand : ProfileCmdlet
{
    private static readonly string[] NotOfProfile = [nameof(Name), nameof(PassThru), "WhatIf", "Confirm", .. CommonParameters];

    /// <summary>The profiles.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the changed profiles.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryRead(Wanted, out var change))
        {
            return;
        }

        object? given = MyInvocation.BoundParameters.Keys.Except(NotOfProfile, StringComparer.OrdinalIgnoreCase).Any() ? string.Empty : null;
        var wanted = new WantedValues<MacProfile>(
            Of($"Ingress, {LinkParameters}", profile => profile.Ingress, nameof(MacProfile.Ingress)),
            Of(nameof(MacProfile.Egress), profile => profile.Egress),
            Of(nameof(MacProfile.Priority), profile => profile.Priority),
            Of(nameof(MacProfile.Dscp), profile => profile.Dscp),
            Of(nameof(MacProfile.SchedulingClass), profile => profile.SchedulingClass),
            Of(nameof(MacProfile.AddressRange), profile => profile.AddressRange),
            Of(nameof(MacProfile.MaxSegmentSize), profile => profile.MaxSegmentSize),
            Of(nameof(MacProfile.MaxWindowScale), profile => profile.MaxWindowScale),
            Of(nameof(MacProfile.AllowEcn), profile => profile.AllowEcn),
            Of(nameof(MacProfile.Description), profile => profile.Description));
        foreach (string name in Name)
        {
            if (MayChange($"Profile '{name}'", name, wanted, store => ProfileCatalog.Get(store, name)))
            {
                Collect(new NamedProfileChange(name, From: null, change!));
            }
        }

        WantedValue<MacProfile> Of(string parameters, Func<MacProfile, object?> value, string? shown = null) =>
            new(parameters, value, given) { Shown = shown ?? parameters, After = profile => value(change!(profile)) };
    }

    private protected override MacProfile Change(IStoreWriter writer, NamedProfileChange item) => ProfileCatalog.Change(writer, item.Name, item.Change);

    private protected override void WriteResult(NamedProfileChange item, MacProfile result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
