using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Loading;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes an argument from what the session's store holds. Pressing Tab never creates a store.</summary>
internal abstract class StoreCompleter : IArgumentCompleter
{
    private static readonly PromptQuestion Question = new(TimeProvider.System);

    /// <inheritdoc/>
    public virtual IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var session = SessionStores.Find(Runspace.DefaultRunspace);
        if (session is null && (SessionStores.IsRefused(Runspace.DefaultRunspace) || !File.Exists(MacStoreOptions.DefaultPath)))
        {
            return [];
        }

        return Question.Ask(token =>
        {
            if (session is not null)
            {
                return Complete(session.Store, token);
            }

            using var defaultStore = DependencyContext.Stores.Open(new MacStoreOptions { Path = MacStoreOptions.DefaultPath, MustExist = true });
            return Complete(defaultStore, token);
        });

        IReadOnlyList<CompletionResult> Complete(IMacStore store, CancellationToken token) => store.ReadStoppable(
            reader => CompletionText.Match(
                List(reader, fakeBoundParameters).TakeWhile(_ =>
                {
                    token.ThrowIfCancellationRequested();
                    return true;
                }),
                wordToComplete),
            token);
    }

    /// <summary>All values that the argument may have.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bound">What the user has typed for the other parameters.</param>
    protected abstract IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound);

    /// <summary>The VLAN that the user has typed, or null.</summary>
    protected static int? BoundVlan(IDictionary bound) =>
        bound["VlanId"] is { } given && LanguagePrimitives.TryConvertTo(given, out int vlanId) ? vlanId : null;

    /// <summary>The name that the user has typed for another parameter, or null if there is none or several.</summary>
    protected static string? BoundName(IDictionary bound, string parameter) => bound[parameter] as string;

    /// <summary>The address pairs of the interface record that the user has typed, or all of the VLAN that was typed, or all.</summary>
    protected static IEnumerable<MacAddressPair> ListAddressPairs(IStoreReader store, IDictionary bound) =>
        BoundName(bound, "Interface") is { } name && store.FindInterface(name) is { } record
            ? record.AddressPair
            : store.ListAddressPairs().Where(pair => BoundVlan(bound) is not { } vlanId || pair.VlanId == vlanId);
}
