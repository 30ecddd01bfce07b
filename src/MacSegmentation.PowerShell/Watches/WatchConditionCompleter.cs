using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;
using MacSegmentation.Conditions;

namespace MacSegmentation.Watches;

/// <summary>Completes a condition by one for each metric that there is.</summary>
internal sealed class WatchConditionCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known = [.. WatchMetrics.All.Select(metric => new CompletionCandidate(Example(metric), metric.Description))];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);

    private static string Example(ConditionMetric metric) => metric switch
    {
        { Unit: ConditionUnit.State } => metric.Name,
        { Unit: ConditionUnit.Share } => $"{metric.Name} > 80%",
        { Unit: ConditionUnit.Duration } => $"{metric.Name} > 1m",
        { IsWindowed: true } => $"{metric.Name} > 100 within 10s",
        _ => metric == WatchMetrics.Enforcers ? $"{metric.Name} < 1" : $"{metric.Name} > 0",
    };
}
