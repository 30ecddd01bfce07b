using System.Globalization;
using System.Text.Json;
using MacSegmentation.Errors;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>How objects, lists and values are read, and what is said of wrong ones.</summary>
internal ref partial struct ConfigurationReader
{
    private static readonly string[] DelayFormats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF", @"d\.hh\:mm\:ss\.FFFFFFF"];

    private delegate T ItemReader<T>(ref ConfigurationReader reader);

    private OpenObject Begin(DocumentObject kind)
    {
        return json.TokenType == JsonTokenType.StartObject
            ? new OpenObject(kind, json.TokenStartIndex)
            : throw Invalid($"Here {kind.Noun} is expected, an object in braces {{ }}.", json.TokenStartIndex);
    }

    /// <summary>Goes to the value of the object's next member and returns its name, or null at the object's end.</summary>
    private string? Next(ref OpenObject open)
    {
        if (open.Seen != 0)
        {
            path.RemoveAt(path.Count - 1);
        }

        json.Read();
        var members = open.Kind.Members;
        if (json.TokenType == JsonTokenType.EndObject)
        {
            for (int i = 0; i < open.Kind.Required.Length; i++)
            {
                if ((open.Seen & (1u << i)) == 0)
                {
                    throw Invalid($"The member \"{members[i]}\" is missing, which {open.Kind.Noun} must have.", open.Start);
                }
            }

            return null;
        }

        for (int i = 0; i < members.Length; i++)
        {
            if (json.ValueTextEquals(members[i]))
            {
                path.Add(members[i]);
                if ((open.Seen & (1u << i)) != 0)
                {
                    throw Invalid("This member is given twice. Leave one.", json.TokenStartIndex);
                }

                open.Seen |= 1u << i;
                json.Read();
                return members[i];
            }
        }

        path.Add(Text());
        throw Invalid($"\"{path[^1]}\" is no member of {open.Kind.Noun}. Known are {string.Join(", ", members)}.", json.TokenStartIndex);
    }

    private List<T> ReadArray<T>(ItemReader<T> readItem)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw Invalid("Here a list in brackets [ ] is expected.", json.TokenStartIndex);
        }

        var items = new List<T>();
        string name = path[^1];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            path[^1] = $"{name}[{items.Count}]";
            items.Add(readItem(ref this));
        }

        path[^1] = name;
        return items;
    }

    private string ReadString() => json.TokenType == JsonTokenType.String ? Text() : throw Invalid("Here a text in quotes is expected.", json.TokenStartIndex);

    private int ReadNumber() => json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number)
        ? number
        : throw Invalid($"Here a whole number up to {int.MaxValue} is expected.", json.TokenStartIndex);

    private bool ReadBoolean() => json.TokenType is JsonTokenType.True or JsonTokenType.False
        ? json.GetBoolean()
        : throw Invalid("Here true or false is expected.", json.TokenStartIndex);

    private PolicyAction ReadAction() => ReadString() switch
    {
        nameof(PolicyAction.Allow) => PolicyAction.Allow,
        nameof(PolicyAction.Deny) => PolicyAction.Deny,
        nameof(PolicyAction.Drop) => PolicyAction.Drop,
        var other => throw Invalid($"'{other}' is no action. Give Allow, Deny or Drop.", json.TokenStartIndex),
    };

    private TimeSpan ReadDelay()
    {
        string value = ReadString();
        return TimeSpan.TryParseExact(value, DelayFormats, CultureInfo.InvariantCulture, out var delay)
            ? delay
            : throw Invalid($"'{value}' is no time span. Give hours, minutes and seconds as 00:10:00, with days in front as 7.00:00:00.", json.TokenStartIndex);
    }

    private T ReadParsed<T>()
        where T : IParsable<T> => Parse<T>(ReadString());

    private T Parse<T>(string value)
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

    private string Text()
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

    private MacSegmentationException Invalid(string sentence, long offset, Exception? inner = null)
    {
        string where = string.Join('.', path);
        return new MacSegmentationException(
            "ConfigurationInvalid", MacErrorKind.InvalidData, $"{text.Describe(where, offset)}: {sentence}", where, inner);
    }

    // The JSON reader ends its sentence with a position of its own counting.
    private static string TrimPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }

    private struct OpenObject(DocumentObject kind, long start)
    {
        public readonly DocumentObject Kind = kind;
        public readonly long Start = start;
        public uint Seen;
    }
}
