using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Fitting;
using MacSegmentation.Stores;
using MacSegmentation.Units;

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

    /// <summary>Two captures of one link, at the instance's end and at the other one, whose bandwidth, delays and losses the profile has, but for what else is given.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    public string[]? FromCapture { get; set; }

    /// <summary>By how much the second capture's clock is ahead; without it, each way is taken for half of both.</summary>
    [Parameter]
    [Parsed<DelayTime>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(DelayTimeCompleter))]
    public DelayTime? ClockOffset { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryRead(() => FromCapture is null ? null : Fit(FromCapture[0], FromCapture[1]), out var fit))
        {
            return;
        }

        if (TryRead(() => Fitted(fit, Wanted()), out var wanted) && ShouldProcess($"Profile '{Name}'", From is null ? "Create" : $"Create from '{From}'"))
        {
            Collect(new NamedProfileChange(Name, From, wanted!));
        }
    }

    private static Func<MacProfile, MacProfile> Fitted(CaptureFit? fit, Func<MacProfile, MacProfile> change) => fit is null ? change : profile => change(profile with
    {
        Egress = fit.Egress?.Link ?? profile.Egress,
        Ingress = fit.Ingress?.Link ?? profile.Ingress,
        Description = $"Fitted to two captures: egress {fit.Egress?.ToString() ?? "not seen"}; ingress {fit.Ingress?.ToString() ?? "not seen"}." is { Length: <= 256 } text ? text : "Fitted to two captures.",
    });

    private CaptureFit Fit(string near, string far)
    {
        var (nearPath, farPath, offset) = (this.ResolveFile(near), this.ResolveFile(far), ClockOffset?.Value);
        var fit = Await(() => CaptureFitter.Fit(nearPath, farPath, offset), "Reading the captures");
        foreach (string remark in fit.Remarks)
        {
            WriteWarning(remark);
        }

        return fit;
    }

    private protected override MacProfile Change(IStoreWriter writer, NamedProfileChange item) => ProfileCatalog.Create(
        writer, item.Change(item.From is null ? new MacProfile { Name = item.Name } : ProfileCatalog.GetModel(writer, item.From) with { Name = item.Name }));

    private protected override void WriteResult(NamedProfileChange item, MacProfile result) => WriteObject(result);
}
