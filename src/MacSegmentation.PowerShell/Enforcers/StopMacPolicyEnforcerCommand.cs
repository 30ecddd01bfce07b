using System.Management.Automation;

namespace MacSegmentation.Enforcers;

/// <summary>Stops enforcers; from its return on they forward no frame. Their jobs remain for Receive-Job and Remove-Job.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MacPolicyEnforcer", SupportsShouldProcess = true, DefaultParameterSetName = JobSet)]
[OutputType(typeof(MacPolicyEnforcer))]
public sealed class StopMacPolicyEnforcerCommand : EnforcerJobCmdlet
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(Completion.EnforcerNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Writes what the stopped enforcers did.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var job in Select())
        {
            if (ShouldProcess($"{job.Name}: {job.Location}", "Stop"))
            {
                job.StopJob();
                if (PassThru)
                {
                    WriteObject(job.Describe(detailed: true));
                }
            }
        }
    }
}
