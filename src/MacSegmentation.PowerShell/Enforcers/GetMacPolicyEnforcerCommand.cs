using System.Management.Automation;
using MacSegmentation.RunningEnforcers;

namespace MacSegmentation.Enforcers;

/// <summary>Shows what the session's enforcers do and did, or which enforcers of any host and session follow the store.</summary>
[Cmdlet(VerbsCommon.Get, "MacPolicyEnforcer", DefaultParameterSetName = NameSet)]
[OutputType(typeof(MacPolicyEnforcer), ParameterSetName = [NameSet, IdSet, JobSet])]
[OutputType(typeof(MacRunningEnforcer), ParameterSetName = [AllSet])]
public sealed class GetMacPolicyEnforcerCommand : EnforcerJobCmdlet
{
    private const string AllSet = "All";

    /// <summary>Shows the enforcers of every host and session that follow the store, as they told of themselves.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Also shows how many frames each policy decided over, and what was measured at the ports of interface records.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = JobSet)]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (All)
        {
            Read(store => store.ListRunningEnforcers(), enforcers => WriteObject(enforcers, enumerateCollection: true));
            return;
        }

        foreach (var job in Select())
        {
            WriteObject(job.Describe(Detailed));
        }
    }
}
