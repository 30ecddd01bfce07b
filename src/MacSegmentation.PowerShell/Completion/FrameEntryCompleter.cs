using System.Collections;
using MacSegmentation.Stores;
using MacSegmentation.Tracing;

namespace MacSegmentation.Completion;

/// <summary>Completes where a frame may come in: interface records by name, and the uplink.</summary>
internal sealed class FrameEntryCompleter : StoreCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListInterfacesNamed(typed, TypedPrefix.MaxRows)
        .Select(record => new CompletionCandidate(record.Name, $"{string.Join(", ", [$"{record.MacAddress}", .. record.IPAddress])} in VLAN {record.VlanId}"))
        .Prepend(new CompletionCandidate(FrameTracer.Uplink, "The port to other switches"));
}
