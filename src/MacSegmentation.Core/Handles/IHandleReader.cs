using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

/// <summary>The rows of handles.</summary>
public interface IHandleReader : IPoolReader, IReplica
{
    /// <summary>The handle's record, or null.</summary>
    /// <param name="handle">The handle, normalised.</param>
    /// <param name="copyInstance">The clone whose record it is, compared without regard to case; empty for the record of the handle itself.</param>
    MacHandle? FindHandle(string handle, string copyInstance = "");

    /// <summary>Those of these handles that have a record of their own, in no sequence; a few questions at most, however many they are.</summary>
    /// <param name="handles">Handles, normalised.</param>
    IReadOnlyList<string> ListKnown(IReadOnlyList<string> handles);

    /// <summary>Those of these addresses that are allocated, in no sequence; a few questions at most, however many they are.</summary>
    /// <param name="addresses">Addresses.</param>
    IReadOnlyList<MacAddress> ListAllocated(IReadOnlyList<MacAddress> addresses);

    /// <summary>The handle that owns an address, or null.</summary>
    MacHandle? FindHandleByAddress(MacAddress address);

    /// <summary>Handles by handle and instance; what is null does not restrict.</summary>
    IReadOnlyList<MacHandle> ListHandles(int? vlanId = null);

    /// <summary>Handles from one text to another, both included and compared ordinally, by handle and instance: those of one text with its clones, or of one beginning.</summary>
    /// <param name="first">The lowest handle, normalised.</param>
    /// <param name="last">The highest.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacHandle> ListHandlesBetween(string first, string last, int limit);

    /// <summary>The next records of handles after one, by handle and instance.</summary>
    /// <param name="last">The record after which they come; null for the first ones.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacHandle> ListHandlesAfter(MacHandle? last, int limit) =>
        [.. ListHandles().SkipWhile(handle => last is not null && handle.HandleId != last.HandleId).Skip(last is null ? 0 : 1).Take(limit)];

    /// <summary>The handles that an instance shows or showed last, in any case of its name.</summary>
    /// <param name="instanceId">The instance.</param>
    IReadOnlyList<MacHandle> ListHandlesOf(string instanceId) =>
        [.. ListHandles().Where(handle => string.Equals(handle.InstanceId, instanceId, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The handles that own an address in a range, by address.</summary>
    /// <param name="range">The range.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacHandle> ListHandlesIn(MacRange range, int limit = int.MaxValue);

    /// <summary>The handles that were changed after a place in the store's history, oldest change first.</summary>
    /// <param name="revision">Revision of the last one that is known.</param>
    /// <param name="handleId">Number of the last one that is known of that revision.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacHandle> ListHandlesSince(long revision, long handleId, int limit);

    /// <summary>Handles that have still to be told to the shared store, oldest change first.</summary>
    IReadOnlyList<MacHandle> ListUnreportedHandles(int limit);

    /// <inheritdoc/>
    bool IVlanUses.HasHandles(int vlanId) => ListHandles(vlanId).Any(handle => handle.State is HandleState.Held);
}
