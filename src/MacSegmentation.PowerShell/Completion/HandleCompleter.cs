using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Handles;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes handles. Only those that begin with what is typed are read, because there may be millions.</summary>
internal sealed class HandleCompleter : StoreCompleter
{
    private const char Highest = char.MaxValue;
    private const int Most = 500;

    private string typed = string.Empty;

    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        typed = wordToComplete.Trim('\'', '"');
        return base.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }

    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, IDictionary bound) => store
        .ListHandlesBetween(typed, typed + Highest, Most)
        .Where(handle => !handle.IsCopy && (BoundVlan(bound) is not { } vlanId || handle.VlanId == vlanId))
        .Select(handle => new CompletionCandidate(handle.Handle, $"{handle.MacAddress} in VLAN {handle.VlanId}, {Describe(handle.State)}"));

    private static string Describe(HandleState state) => state switch
    {
        HandleState.Held => "held",
        HandleState.Released => "given up",
        _ => "revoked",
    };
}
