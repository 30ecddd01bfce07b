using MacSegmentation.Enforcement;
using MacSegmentation.Output;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>Writes each event to standard output, which the journal of a service keeps.</summary>
/// <param name="terminal">Where.</param>
/// <param name="asJson">True for an object a line.</param>
internal sealed class OutputSink(Terminal terminal, bool asJson) : IEventSink
{
    /// <inheritdoc/>
    public string Place => "standard output";

    /// <inheritdoc/>
    public Task SendAsync(MacStoreEvent happened, CancellationToken stop)
    {
        terminal.Output.WriteLine(asJson ? System.Text.Encoding.UTF8.GetString(EventJson.Write(happened)) : $"{EnforcerRun.Format(happened.Time)} {happened.Message}");
        terminal.Output.Flush();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
