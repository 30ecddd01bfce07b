using System.Globalization;
using System.Text;
using System.Text.Json;
using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>
/// Reads a document in one pass. Written on the JSON reader, and not left to a serializer, because its errors are a user's daily bread: each names the line, the path
/// and the way out. It also starts in a fraction of a serializer's time, which a program that runs once for each capture has to pay every time.
/// </summary>
/// <param name="text">The text.</param>
internal ref struct DocumentReader(DocumentText text)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<string> path = [];
    private Utf8JsonReader json = new(text.Utf8.Span, DocumentText.Options);

    /// <summary>Reads the whole text.</summary>
    /// <param name="root">What the document is.</param>
    /// <param name="smallest">The smallest document that there is, for whoever gives nothing.</param>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid.</exception>
    public T ReadDocument<T>(DocumentObject<T> root, string smallest)
        where T : class
    {
        if (text.Utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw Invalid($"There is nothing in it. Give at least {smallest}.", 0);
        }

        try
        {
            json.Read();
            var document = root.Read(ref this);
            json.Read(); // Whatever follows is an error of the JSON reader.
            return document;
        }
        catch (JsonException error)
        {
            throw Invalid($"This is not JSON: {TrimPosition(error.Message)}", text.OffsetOf(error.LineNumber ?? 0, error.BytePositionInLine ?? 0), error);
        }
    }

    /// <summary>Reads an object.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="blank">What it is before anything is read.</param>
    public T ReadObject<T>(DocumentObject<T> kind, T blank)
        where T : class
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong($"Here {kind.Noun} is expected, an object in braces {{ }}.");
        }

        long start = json.TokenStartIndex;
        var members = kind.Members;
        var read = blank;
        ulong seen = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            int index = FindMember(kind);
            path.Add(members[index].Name);
            if ((seen & (1ul << index)) != 0)
            {
                throw Wrong("This member is given twice. Leave one.");
            }

            seen |= 1ul << index;
            json.Read();
            read = members[index].Read(ref this, read);
            path.RemoveAt(path.Count - 1);
        }

        for (int i = 0; i < members.Count; i++)
        {
            if (members[i].IsRequired && (seen & (1ul << i)) == 0)
            {
                throw Invalid($"The member \"{members[i].Name}\" is missing, which {kind.Noun} must have.", start);
            }
        }

        return read;
    }

    /// <summary>Reads a list.</summary>
    /// <param name="item">What its items are.</param>
    public List<T> ReadList<T>(DocumentType<T> item)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong("Here a list in brackets [ ] is expected.");
        }

        var items = new List<T>();
        string name = path[^1];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            path[^1] = $"{name}[{items.Count}]";
            items.Add(item.Read(ref this));
        }

        path[^1] = name;
        return items;
    }

    /// <summary>Reads a text.</summary>
    public readonly string ReadText() => json.TokenType == JsonTokenType.String ? Text() : throw Wrong("Here a text in quotes is expected.");

    /// <summary>Reads a text, or a number as it is written.</summary>
    public readonly string ReadTextOrNumber() => json.TokenType switch
    {
        JsonTokenType.String => Text(),
        JsonTokenType.Number => Encoding.ASCII.GetString(json.ValueSpan),
        _ => throw Wrong("Here a text in quotes or a number is expected."),
    };

    /// <summary>Reads a whole number.</summary>
    public readonly int ReadNumber() => json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number)
        ? number
        : throw Wrong($"Here a whole number up to {int.MaxValue} is expected.");

    /// <summary>Reads a value of any kind.</summary>
    /// <param name="parse">Makes of its JSON what it is.</param>
    public T ReadValue<T>(Func<string, T> parse)
    {
        long start = json.TokenStartIndex;
        json.Skip();
        try
        {
            return parse(StrictUtf8.GetString(text.Utf8.Span[(int)start..(int)json.BytesConsumed]));
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            throw Invalid(error.Message, start, error);
        }
    }

    /// <summary>Reads true or false.</summary>
    public readonly bool ReadFlag() => json.TokenType is JsonTokenType.True or JsonTokenType.False
        ? json.GetBoolean()
        : throw Wrong("Here true or false is expected.");

    /// <summary>Reads a value of the domain from a part of the text at which the reader stands.</summary>
    public readonly T Parse<T>(string value)
        where T : IParsable<T>
    {
        try
        {
            return T.Parse(value, CultureInfo.InvariantCulture);
        }
        catch (FormatException error)
        {
            throw Invalid(error.Message, json.TokenStartIndex, error);
        }
    }

    /// <summary>What is wrong with the value at which the reader stands.</summary>
    public readonly MacSegmentationException Wrong(string sentence) => Invalid(sentence, json.TokenStartIndex);

    private readonly int FindMember<T>(DocumentObject<T> kind)
        where T : class
    {
        for (int i = 0; i < kind.Members.Count; i++)
        {
            if (json.ValueTextEquals(kind.Members[i].Utf8Name) || (kind.Members[i].FormerName is { } former && json.ValueTextEquals(former)))
            {
                return i;
            }
        }

        path.Add(Text());
        throw Wrong($"\"{path[^1]}\" is no member of {kind.Noun}. Known are {string.Join(", ", kind.Known)}.");
    }

    private readonly string Text()
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw Invalid("This text is not valid Unicode. Save the document as UTF-8.", json.TokenStartIndex, error);
        }
    }

    private readonly MacSegmentationException Invalid(string sentence, long offset, Exception? inner = null)
    {
        string where = string.Join('.', path);
        return new MacSegmentationException("ConfigurationInvalid", MacErrorKind.InvalidData, $"{text.Describe(where, offset)}: {sentence}", where, inner);
    }

    // The JSON reader ends its sentence with a position of its own counting.
    private static string TrimPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }
}
