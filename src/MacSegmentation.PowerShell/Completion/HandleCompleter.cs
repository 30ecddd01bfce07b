using System.Collections;
using MacSegmentation.Handles;
using MacSegmentation.Stores;

namespace MacSegmentation.Completion;

/// <summary>Completes handles. Only those that begin with what is typed are read, because there may be millions.</summary>
internal sealed class HandleCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store
        .ListHandlesBetween(typed, typed + char.MaxValue, TypedPrefix.MaxRows)
        .Where(handle => !handle.IsCopy && IsOfBoundVlan(bound, handle.VlanId))
        .Select(handle => new CompletionCandidate(handle.Handle, $"{handle.MacAddress} in VLAN {handle.VlanId}, {Describe(handle.State)}"));

    private static string Describe(HandleState state) => state switch
    {
        HandleState.Held => "held",
        HandleState.Released => "given up",
        _ => "revoked",
    };
}
