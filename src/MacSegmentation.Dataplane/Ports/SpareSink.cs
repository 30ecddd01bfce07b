using MacSegmentation.Frames;

namespace MacSegmentation.Ports;

/// <summary>Where a port sends that a running switch has to spare: nowhere, until it is given an adapter. Whoever gives or takes it has the switch's turn.</summary>
internal sealed class SpareSink : IPolledSink
{
    private volatile IPolledSink? adapter;

    /// <inheritdoc/>
    public string Name => adapter?.Name ?? "spare";

    /// <inheritdoc/>
    public bool HasBacklog => adapter?.HasBacklog ?? false;

    /// <inheritdoc/>
    public int BlockedDescriptor => adapter?.BlockedDescriptor ?? -1;

    /// <summary>Gives it an adapter, which stays the caller's, or takes it away.</summary>
    public void Plug(IPolledSink? sink) => adapter = sink;

    /// <inheritdoc/>
    public bool Send(in Frame frame) => adapter?.Send(frame) ?? false;

    /// <inheritdoc/>
    public int Flush() => adapter?.Flush() ?? 0;

    /// <inheritdoc/>
    public void Dispose() => adapter = null;
}
