using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MacSegmentation.Auditing;
using MacSegmentation.Completion;
using MacSegmentation.Enforcers;
using MacSegmentation.Jobs;

namespace MacSegmentation.NetworkSessions;

/// <summary>Completes who makes the ports of instances: the session's enforcers, and this host.</summary>
internal sealed class AttachEnforcerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var jobs = SessionJobs.List<MacPolicyEnforcerJob>(Runspace.DefaultRunspace).Select(job => new CompletionCandidate(job.Name, job.Location));
        return CompletionText.Match([.. jobs, new CompletionCandidate(AuditActor.Current.HostName, "This host.")], wordToComplete);
    }
}
