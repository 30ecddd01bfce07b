using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MacSegmentation.Completion;

namespace MacSegmentation.Watches;

/// <summary>Completes the session's subscriptions by name or number.</summary>
internal sealed class EventSubscriptionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        bool isById = parameterName.StartsWith("Sub", StringComparison.OrdinalIgnoreCase);
        var all = Runspace.DefaultRunspace is { } runspace ? EventSubscriptionCmdlet.List(runspace.Events) : [];
        return CompletionText.Match(
            all.Select(one => new CompletionCandidate(isById ? one.Subscriber.SubscriptionId.ToString(CultureInfo.InvariantCulture) : one.Subscriber.SourceIdentifier, string.Join(", ", one.Source.When))),
            wordToComplete);
    }
}
