using System.Management.Automation;
using MacSegmentation.Errors;
using MacSegmentation.NetworkSessions;

namespace MacSegmentation.Arguments;

/// <summary>Scenarios that are given by the path of a file.</summary>
internal static class ScenarioArgument
{
    /// <summary>The scenario that is meant: none, a file's, or one that was saved as its text.</summary>
    /// <exception cref="MacSegmentationException">InvalidScenario, ScenarioNotFound, ScenarioUnreadable, ScenarioTooLarge, PathNotInFileSystem.</exception>
    public static MacScenario? ReadScenario(this PSCmdlet cmdlet, string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        if (string.Equals(given.Trim(), MacScenario.NoProfile, StringComparison.OrdinalIgnoreCase) || given is "*")
        {
            return MacScenario.None;
        }

        // A text with steps is no path: it has blanks behind its colon.
        if (given.Contains(": ", StringComparison.Ordinal))
        {
            try
            {
                return MacScenario.Parse(given);
            }
            catch (FormatException error)
            {
                throw new MacSegmentationException("InvalidScenario", MacErrorKind.InvalidArgument, error.Message, given, error);
            }
        }

        return ScenarioFile.ReadFile(cmdlet.ResolveFile(given));
    }
}
