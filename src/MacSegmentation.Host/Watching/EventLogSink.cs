using System.Diagnostics;
using System.Runtime.Versioning;
using MacSegmentation.Errors;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>Writes each event to the Windows event log Application, as a warning of the source MacSegmentation.</summary>
[SupportedOSPlatform("windows")]
internal sealed class EventLogSink : IEventSink
{
    /// <summary>The source of the entries. Whoever installs the service makes it: that needs an administrator.</summary>
    public const string Source = "MacSegmentation";

    /// <inheritdoc/>
    public string Place => "the event log Application";

    /// <inheritdoc/>
    public Task SendAsync(MacStoreEvent happened, CancellationToken stop)
    {
        try
        {
            EventLog.WriteEntry(Source, $"{happened.Message}{Environment.NewLine}{System.Text.Encoding.UTF8.GetString(EventJson.Write(happened))}", EventLogEntryType.Warning, string.Equals(happened.Kind, MacStoreEvent.ConditionMet, StringComparison.Ordinal) ? 1 : 2);
            return Task.CompletedTask;
        }
        catch (Exception error) when (error is System.Security.SecurityException or InvalidOperationException or ArgumentException or System.ComponentModel.Win32Exception)
        {
            throw new MacSegmentationException(
                "EventNotDelivered", MacErrorKind.Unavailable, $"The event log did not take the entry: {error.Message.TrimEnd('.')}. An administrator makes its source once by: New-EventLog -LogName Application -Source {Source}.", Source, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
