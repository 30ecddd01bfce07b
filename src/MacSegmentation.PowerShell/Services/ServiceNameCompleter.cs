using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.Services;

/// <summary>Completes services by name: those of systemd's folder, or of the folder that was typed.</summary>
internal sealed class ServiceNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string folder = fakeBoundParameters["Destination"] as string ?? "/etc/systemd/system";
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return CompletionText.Match(
            Directory.EnumerateFiles(folder, $"{ServiceDefinition.Prefix}*")
                .Where(path => Path.GetExtension(path) is ".service" or ".ps1")
                .Select(path => new CompletionCandidate(Path.GetFileNameWithoutExtension(path)[ServiceDefinition.Prefix.Length..], path)),
            wordToComplete);
    }
}
