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
        string place = MacStoreOptions.DefaultPlace ?? MacStoreOptions.DefaultPath;
        if (session is null && (SessionStores.IsRefused(Runspace.DefaultRunspace) || !(MacStoreOptions.IsConnectionString(place) || File.Exists(place))))
        {
            return [];
        }

        return Question.Ask(token =>
        {
            if (session is not null)
            {
                return Complete(session.Store, token);
            }

            using var defaultStore = DependencyContext.Stores.Open(MacStoreOptions.At(place) with { MustExist = true });
            return Complete(defaultStore, token);
        });

        IReadOnlyList<CompletionResult> Complete(IMacStore store, CancellationToken token) => store.ReadStoppable(
            reader => CompletionText.Match(
                List(reader, CompletionText.Unquoted(wordToComplete), fakeBoundParameters).TakeWhile(_ =>
                {
                    token.ThrowIfCancellationRequested();
                    return true;
                }),
                wordToComplete),
            token);
    }

    /// <summary>Values that the argument may have: those that begin with what is typed, and where the rest are few, the rest too.</summary>
    /// <remarks>A store may hold millions: whoever asks for records asks for those that begin so, and for no more than can be shown.</remarks>
    /// <param name="store">The store.</param>
    /// <param name="typed">What is typed so far, without quotes.</param>
    /// <param name="bound">What the user has typed for the other parameters.</param>
    protected abstract IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound);

    /// <summary>The VLAN that the user has typed, or null.</summary>
    protected static int? BoundVlan(IDictionary bound) =>
        bound["VlanId"] is { } given && LanguagePrimitives.TryConvertTo(given, out int vlanId) ? vlanId : null;

    /// <summary>The name that the user has typed for another parameter, or null if there is none or several.</summary>
    protected static string? BoundName(IDictionary bound, string parameter) => bound[parameter] as string;

    /// <summary>True if a record is of the VLAN that the user has typed, if one is.</summary>
    protected static bool IsOfBoundVlan(IDictionary bound, int vlanId) => BoundVlan(bound) is not { } only || only == vlanId;

    /// <summary>The address pairs of the interface record that the user has typed, or those of the VLAN that was typed, or of any, with such an IP address.</summary>
    protected static IEnumerable<MacAddressPair> ListAddressPairs(IStoreReader store, string typedAddress, IDictionary bound) =>
        BoundName(bound, "Interface") is { } name && store.FindInterface(name) is { } record
            ? record.AddressPair
            : TypedPrefix.IPAddresses(typedAddress)
                .SelectMany(range => store.ListAddressPairsBetween(range.First, range.Last, TypedPrefix.MaxRows))
                .Where(pair => IsOfBoundVlan(bound, pair.VlanId));
}
