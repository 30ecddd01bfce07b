using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Enforcers;

/// <summary>A cmdlet for enforcers that this session has started.</summary>
public abstract class EnforcerJobCmdlet : StoreCmdlet
{
    /// <summary>The parameter set by name.</summary>
    protected const string NameSet = "Name";

    /// <summary>The parameter set by id.</summary>
    protected const string IdSet = "Id";

    /// <summary>The parameter set by job.</summary>
    protected const string JobSet = "Job";

    /// <summary>The enforcers' names; wildcards allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(EnforcerNameCompleter))]
    public virtual string[] Name { get; set; } = ["*"];

    /// <summary>The ids of the enforcers' jobs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EnforcerIdCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>The enforcers' jobs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Job[] Job { get; set; } = [];

    /// <summary>The enforcers that the present record means; an error is written for each that does not exist.</summary>
    private protected IEnumerable<MacPolicyEnforcerJob> Select()
    {
        var all = JobRepository.Jobs.OfType<MacPolicyEnforcerJob>().OrderBy(job => job.Id).ToArray();
        return ParameterSetName switch
        {
            IdSet => Id.SelectMany(id => Found(all.Where(job => job.Id == id), $"with the id {id}", id)),
            JobSet => Job.SelectMany(job => job is MacPolicyEnforcerJob enforcer ? [enforcer] : Found([], $"behind the job '{job.Name}'", job)),
            _ => Name.SelectMany(name => ByName(all, name)),
        };
    }

    private IEnumerable<MacPolicyEnforcerJob> ByName(MacPolicyEnforcerJob[] all, string name)
    {
        var named = NameFilter.Select(all, job => job.Name, [name]);
        return WildcardPattern.ContainsWildcardCharacters(name) ? named : Found(named, $"named '{name}'", name);
    }

    private MacPolicyEnforcerJob[] Found(IEnumerable<MacPolicyEnforcerJob> jobs, string description, object target)
    {
        MacPolicyEnforcerJob[] found = [.. jobs];
        if (found.Length == 0)
        {
            WriteError(new MacSegmentationException(
                "EnforcerNotFound",
                MacErrorKind.NotFound,
                $"This session has no enforcer {description}. List them with Get-MacPolicyEnforcer.",
                target).ToRecord());
        }

        return found;
    }
}
