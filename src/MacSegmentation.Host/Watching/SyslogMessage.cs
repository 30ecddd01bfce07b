using System.Globalization;
using System.Text;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>An event as a syslog message (RFC 5424, section 6).</summary>
internal static class SyslogMessage
{
    // local0 (16), warning (4): 16 * 8 + 4.
    private const int Priority = 132;

    // 32473 is the number that RFC 5612 keeps for documentation: the project has none of its own.
    private const string ElementId = "macseg@32473";

    /// <summary>Writes it: header, structured data, and the sentence in UTF-8 behind its mark.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="hostName">The host that tells it.</param>
    /// <param name="processId">The process that does.</param>
    public static byte[] Write(MacStoreEvent happened, string hostName, int processId)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<{Priority}>1 {happened.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} {Field(hostName, 255)} macseg {processId} {Field(happened.Kind, 32)} ");
        text.Append(CultureInfo.InvariantCulture, $"[{ElementId} id=\"{happened.Id}\" watch=\"{Escape(happened.Watch)}\" condition=\"{Escape(happened.Condition)}\" subject=\"{Escape(happened.Subject)}\" storeId=\"{Escape(happened.StoreId)}\"] ");
        return [.. Encoding.UTF8.GetBytes(text.ToString()), 0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(happened.Message)];
    }

    /// <summary>A message in a stream: behind its length and a space (RFC 6587, section 3.4.1).</summary>
    public static byte[] Count(byte[] message) => [.. Encoding.ASCII.GetBytes($"{message.Length} "), .. message];

    /// <summary>A field of the header: printable US-ASCII without spaces, or '-' for none.</summary>
    private static string Field(string text, int longest)
    {
        string plain = new([.. text.Where(sign => sign is > ' ' and < (char)127).Take(longest)]);
        return plain.Length == 0 ? "-" : plain;
    }

    /// <summary>Section 6.3.3: what would end a value stands behind a backslash.</summary>
    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
