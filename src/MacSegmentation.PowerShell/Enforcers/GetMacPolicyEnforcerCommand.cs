using System.Management.Automation;

namespace MacSegmentation.Enforcers;

/// <summary>Shows what the session's enforcers do and did.</summary>
[Cmdlet(VerbsCommon.Get, "MacPolicyEnforcer", DefaultParameterSetName = NameSet)]
[OutputType(typeof(MacPolicyEnforcer))]
public sealed class GetMacPolicyEnforcerCommand : EnforcerJobCmdlet
{
    /// <summary>Also shows how many frames each policy decided over, and what was measured at the ports of interface records.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var job in Select())
        {
            WriteObject(job.Describe(Detailed));
        }
    }
}
