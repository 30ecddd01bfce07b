using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MacSegmentation.Documents;

/// <summary>The text that a document was read from: it knows where a thing stands, so that an error can say so.</summary>
/// <param name="name">What to call the text, such as the file's path.</param>
/// <param name="utf8">The text.</param>
internal sealed class DocumentText(string name, ReadOnlyMemory<byte> utf8)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The text without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    /// <summary>How every document is read: comments help people and are skipped, as a comma too many harms nobody.</summary>
    public static JsonReaderOptions Options { get; } = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Where a path such as <c>vlans[1].policies[3].order</c> stands; if it is absent, where the nearest thing around it stands.</summary>
    /// <param name="path">The path.</param>
    public string Describe(string path) => Describe(path, Find(path));

    /// <summary>The source, line and column, 1-based, of a byte of the text, and the path.</summary>
    /// <param name="path">The path, or empty for the document as a whole.</param>
    /// <param name="offset">The byte.</param>
    public string Describe(string path, long offset)
    {
        var before = Utf8.Span[..(int)Math.Min(offset, Utf8.Length)];
        int line = before.Count((byte)'\n') + 1;
        int column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"{name}, line {line}, column {column}{(path.Length > 0 ? ", " : string.Empty)}{path}";
    }

    /// <summary>The byte at a position that the JSON reader names, both 0-based.</summary>
    public long OffsetOf(long line, long byteInLine)
    {
        int start = 0;
        for (; line > 0; line--)
        {
            start += Utf8.Span[start..].IndexOf((byte)'\n') + 1;
        }

        return start + byteInLine;
    }

    private long Find(string path)
    {
        var json = new Utf8JsonReader(Utf8.Span, Options);
        json.Read();
        long found = json.TokenStartIndex;
        foreach (string segment in path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            bool there = json.TokenType switch
            {
                JsonTokenType.StartObject => SkipToMember(ref json, segment),
                JsonTokenType.StartArray => SkipToItem(ref json, int.Parse(segment, CultureInfo.InvariantCulture)),
                _ => false,
            };
            if (!there)
            {
                break;
            }

            found = json.TokenStartIndex;
        }

        return found;
    }

    private static bool SkipToMember(ref Utf8JsonReader json, string name)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool found = json.ValueTextEquals(name);
            json.Read();
            if (found)
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private static bool SkipToItem(ref Utf8JsonReader json, int index)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }
}
