using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>A cmdlet that puts sessions into a state.</summary>
/// <param name="state">The state.</param>
/// <param name="action">What that means for their instances, for who is asked.</param>
public abstract class SessionStateCmdlet(SessionState state, string action) : GroupCommitCmdlet<string, MacSession>
{
    /// <summary>The sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the sessions as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (ShouldProcess($"Session '{name}'", action))
            {
                Collect(name);
            }
        }
    }

    private protected override MacSession Change(IStoreWriter writer, string item) => SessionCatalog.Change(writer, item, new SessionChange { State = state });

    private protected override void WriteResult(string item, MacSession result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
