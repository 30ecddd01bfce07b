using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

/// <summary>The rows of handles.</summary>
public interface IHandleReader : IPoolReader, IReplica
{
    /// <summary>The records of a handle, in no sequence: one for each client or group to which it belongs.</summary>
    /// <param name="handle">The handle, normalised.</param>
    /// <param name="copyInstance">The clone whose records they are, compared without regard to case; empty for those of the handle itself.</param>
    IReadOnlyList<MacHandle> ListHandlesNamed(string handle, string copyInstance = "");

    /// <summary>The handle's record as an administrator means it, or null; of several one that has an address.</summary>
    /// <param name="handle">The handle, normalised.</param>
    /// <param name="copyInstance">The clone whose record it is, compared without regard to case; empty for the record of the handle itself.</param>
    MacHandle? FindHandle(string handle, string copyInstance = "") => HandleParty.Administrator.Pick(ListHandlesNamed(handle, copyInstance));

    /// <summary>Number of addresses that a client or group holds, or the limit if they are more.</summary>
    /// <param name="client">The client or group, compared without regard to case.</param>
    /// <param name="limit">At most so many are counted.</param>
    long CountHeldBy(string client, long limit);

    /// <summary>Those of these handles that have a record of their own, in no sequence; a few questions at most, however many they are.</summary>
    /// <param name="handles">Handles, normalised.</param>
    IReadOnlyList<string> ListKnown(IReadOnlyList<string> handles);

    /// <summary>Those of these addresses that are allocated, in no sequence; a few questions at most, however many they are.</summary>
    /// <param name="addresses">Addresses.</param>
    IReadOnlyList<MacAddress> ListAllocated(IReadOnlyList<MacAddress> addresses);

    /// <summary>The handle that owns an address, or null.</summary>
    MacHandle? FindHandleByAddress(MacAddress address);

    /// <summary>Handles by handle, instance and client; what is null does not restrict.</summary>
    IReadOnlyList<MacHandle> ListHandles(int? vlanId = null);

    /// <summary>Handles from one text to another, both included and compared ordinally, by handle, instance and client: those of one text with its clones, or of one beginning.</summary>
    /// <param name="first">The lowest handle, normalised.</param>
    /// <param name="last">The highest.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacHandle> ListHandlesBetween(string first, string last, int limit);

    /// <summary>The next records of handles after one, by handle, instance and client.</summary>
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
