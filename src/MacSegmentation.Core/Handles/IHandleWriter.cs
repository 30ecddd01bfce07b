using MacSegmentation.Pools;

namespace MacSegmentation.Handles;

/// <summary>Writes the rows of handles.</summary>
public interface IHandleWriter : IHandleReader, IPoolWriter
{
    /// <summary>Records a handle, under a new number.</summary>
    void InsertHandle(MacHandle handle);

    /// <summary>Records anew what a handle has, by its number.</summary>
    void UpdateHandle(MacHandle handle);

    /// <summary>Forgets a handle.</summary>
    void DeleteHandle(long handleId);

    /// <summary>
    /// Records that the shared store knows of a handle as it was in a revision; nothing if it was changed since. A note for the provider itself, not a
    /// change: it needs no audit entry.
    /// </summary>
    void MarkHandleReported(long handleId, long revision);

    /// <summary>
    /// Records that the shared store is to be told again of every handle that has, or had last, an address from a provider. A note for the provider itself, not a change: it needs no
    /// audit entry.
    /// </summary>
    /// <param name="provider">The provider, compared without regard to case.</param>
    void MarkHandlesUnreported(string provider);
}
