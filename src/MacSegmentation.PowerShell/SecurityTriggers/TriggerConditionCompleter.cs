using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Completes a condition by one for each metric that there is.</summary>
internal sealed class TriggerConditionCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
        [.. TriggerMetrics.All.Select(metric => new CompletionCandidate(metric.IsWindowed ? $"{metric.Name} > 50 within 10s" : $"{metric.Name} > 200", metric.Description))];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);
}
