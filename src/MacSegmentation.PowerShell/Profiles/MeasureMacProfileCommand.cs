using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Measurement;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Profiles;

/// <summary>Runs vNIC profiles over a pair of ports in memory, and reports what was asked for and what was got.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MacProfile")]
[OutputType(typeof(MacProfileMeasurement))]
public sealed class MeasureMacProfileCommand : StoreCmdlet
{
    /// <summary>The profiles; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Measures presets, which are in no store.</summary>
    [Parameter]
    public SwitchParameter Preset { get; set; }

    /// <summary>How long frames are sent, for latency and loss, and again for the bandwidth; in each direction.</summary>
    [Parameter]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What the draws follow from, so that losses and delays come again.</summary>
    [Parameter]
    [WholeNumber]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? Seed { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Duration < ProfileMeter.MinTime || Duration > ProfileMeter.MaxTime)
        {
            var error = new MacSegmentationException(
                "InvalidDuration",
                MacErrorKind.InvalidArgument,
                $"A profile cannot be measured for {Duration}. Give a time from {ProfileMeter.MinTime.TotalMilliseconds:0}ms to {ProfileMeter.MaxTime.TotalMinutes:0}m.",
                Duration);
            ThrowTerminatingError(error.ToRecord());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (Preset)
            {
                MeasurePresets(name);
                continue;
            }

            Read(store => NameFilter.IsExact(name) ? [ProfileCatalog.Get(store, name)] : NameFilter.Select(store.ListProfiles(), profile => profile.Name, [name]), MeasureAll);
        }
    }

    private void MeasurePresets(string name)
    {
        try
        {
            MeasureAll(NameFilter.IsExact(name) ? [ProfilePresets.Get(name)] : NameFilter.Select(ProfilePresets.All, preset => preset.Name, [name]));
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void MeasureAll(IEnumerable<MacProfile> profiles)
    {
        foreach (var profile in profiles)
        {
            Measure(profile);
        }
    }

    private void Measure(MacProfile profile)
    {
        WriteVerbose($"Measuring '{profile.Name}' for {Duration.TotalSeconds:0.#} s in each direction.");
        try
        {
            foreach (var measurement in ProfileMeter.Measure(profile, Duration, Seed, StopToken))
            {
                WriteObject(measurement);
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
