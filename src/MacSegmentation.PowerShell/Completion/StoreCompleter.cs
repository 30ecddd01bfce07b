using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes an argument from what the session's store holds. Pressing Tab never creates a store.</summary>
internal abstract class StoreCompleter : IArgumentCompleter
{
    private const int MostResults = 500;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Runspace.DefaultRunspace is not { } runspace
            || (SessionStores.Find(runspace) is null && !File.Exists(MacStoreOptions.DefaultPath)))
        {
            return [];
        }

        var pattern = WildcardPattern.Get($"{(wordToComplete ?? string.Empty).Trim('\'', '"')}*", WildcardOptions.IgnoreCase);
        return SessionStores.Get(runspace)
            .Read(store => List(store, fakeBoundParameters).Where(candidate => pattern.IsMatch(candidate.Text)).Take(MostResults).ToArray())
            .Select(candidate => new CompletionResult(Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.Description));
    }

    /// <summary>All values that the argument may have.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bound">What the user has typed for the other parameters.</param>
    protected abstract IEnumerable<Candidate> List(IStoreReader store, IDictionary bound);

    /// <summary>The VLAN that the user has typed, or null.</summary>
    protected static int? BoundVlan(IDictionary bound) =>
        bound["VlanId"] is { } given && LanguagePrimitives.TryConvertTo(given, out int vlanId) ? vlanId : null;

    private static string Quote(string text) => text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or ':' or '.' or '_' or '/')
        ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A value that fits.</summary>
    /// <param name="Text">The value.</param>
    /// <param name="Description">What is shown about it.</param>
    protected readonly record struct Candidate(string Text, string Description);
}
