using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;
using MacSegmentation.Conditions;

namespace MacSegmentation.NetworkSessions;

/// <summary>Completes a condition by one for each metric that there is.</summary>
internal sealed class ProfileConditionCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
        [.. ProfileMetrics.All.Select(metric => new CompletionCandidate($"{metric.Name} > {Threshold(metric)}{(metric.IsWindowed ? " within 10s" : string.Empty)}", metric.Description))];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);

    private static string Threshold(ConditionMetric metric) => metric.Unit switch
    {
        ConditionUnit.Share => "90%",
        ConditionUnit.Duration => "100ms",
        _ => "50",
    };
}
