using System.Text.Json;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>An event as JSON.</summary>
internal static class EventJson
{
    /// <summary>The event as one object, in UTF-8.</summary>
    public static byte[] Write(MacStoreEvent happened)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            MacStoreEvent.Report.Write(json, happened);
        }

        return buffer.ToArray();
    }
}
