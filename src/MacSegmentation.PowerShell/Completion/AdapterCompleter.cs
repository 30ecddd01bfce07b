using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Pcap;

namespace MacSegmentation.Completion;

/// <summary>Completes network adapters that can be opened.</summary>
internal sealed class AdapterCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Match(
            CaptureDevices.List().Where(device => device.CanOpen).Select(device => new CompletionCandidate(device.Name, device.Description ?? device.Name)), wordToComplete);
}
