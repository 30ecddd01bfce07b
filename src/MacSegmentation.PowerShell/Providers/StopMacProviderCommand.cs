using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;

namespace MacSegmentation.Providers;

/// <summary>Stops providers that this session has started. Their jobs remain for Receive-Job and Remove-Job.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MacProvider", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(MacProviderJob))]
public sealed class StopMacProviderCommand : PSCmdlet
{
    private const string NameSet = "Name";
    private const string JobSet = "Job";

    /// <summary>The providers' names; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ProviderName]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProviderJobCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The providers' jobs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Job[] Job { get; set; } = [];

    /// <summary>Writes the jobs of the stopped providers.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var job in ParameterSetName is JobSet ? Job.SelectMany(ByJob) : Name.SelectMany(ByName))
        {
            if (ShouldProcess($"Provider '{job.Provider}' at {job.Location}", "Stop"))
            {
                job.StopJob();
                if (PassThru)
                {
                    WriteObject(job);
                }
            }
        }
    }

    private IReadOnlyList<MacProviderJob> ByJob(Job job) => job is MacProviderJob provider ? [provider] : Missing($"behind the job '{job.Name}'", job);

    private IReadOnlyList<MacProviderJob> ByName(string name)
    {
        MacProviderJob[] named =
        [
            .. NameFilter.Select(JobRepository.Jobs.OfType<MacProviderJob>(), job => job.Provider, [name])
                .Where(job => job.JobStateInfo.State == JobState.Running)
                .OrderBy(job => job.Id),
        ];
        return named.Length > 0 || WildcardPattern.ContainsWildcardCharacters(name) ? named : Missing($"named '{name}' that runs", name);
    }

    private MacProviderJob[] Missing(string description, object target)
    {
        WriteError(new MacSegmentationException(
            "ProviderNotRunning", MacErrorKind.NotFound, $"This session has no provider {description}. List its jobs with Get-Job.", target).ToRecord());
        return [];
    }
}
