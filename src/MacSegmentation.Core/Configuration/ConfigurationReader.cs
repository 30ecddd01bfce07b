using System.Globalization;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;

namespace MacSegmentation.Configuration;

/// <summary>
/// Reads the document in one pass. Written by hand on the JSON reader, and not left to a serializer, because its errors are a user's daily
/// bread: each names the line, the path and the way out. It also starts in a fraction of a serializer's time, which a program that runs
/// once for each capture has to pay every time.
/// </summary>
/// <param name="text">The text.</param>
internal ref struct ConfigurationReader(ConfigurationText text)
{
    private static readonly string[] DelayFormats = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF", @"d\.hh\:mm\:ss\.FFFFFFF"];

    private readonly List<string> path = [];
    private Utf8JsonReader json = new(text.Utf8.Span, ConfigurationText.Options);

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid.</exception>
    public MacConfiguration ReadDocument()
    {
        if (text.Utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw Invalid("There is nothing in it. Give at least { \"vlans\": [] }.", 0);
        }

        try
        {
            json.Read();
            IReadOnlyList<VlanConfiguration>? vlans = null;
            var root = Begin(DocumentObject.Root);
            while (Next(ref root) is { } member)
            {
                switch (member)
                {
                    case "vlans":
                        vlans = ReadArray(static (ref reader) => reader.ReadVlan());
                        break;
                    default: // $schema is for editors.
                        ReadString();
                        break;
                }
            }

            json.Read(); // Whatever follows is an error of the JSON reader.
            return new MacConfiguration { Vlans = vlans!, Text = text };
        }
        catch (JsonException error)
        {
            throw Invalid($"This is not JSON: {TrimPosition(error.Message)}", text.OffsetOf(error.LineNumber ?? 0, error.BytePositionInLine ?? 0), error);
        }
    }

    private delegate T ItemReader<T>(ref ConfigurationReader reader);

    private VlanConfiguration ReadVlan()
    {
        int id = 0;
        string name = string.Empty;
        IReadOnlyList<MacRange> ranges = [];
        var defaultAction = PolicyAction.Allow;
        var reuseDelay = TimeSpan.Zero;
        IReadOnlyList<AllocationConfiguration> allocations = [];
        IReadOnlyList<PolicyConfiguration> policies = [];
        var vlan = Begin(DocumentObject.Vlan);
        while (Next(ref vlan) is { } member)
        {
            switch (member)
            {
                case "id":
                    id = ReadNumber();
                    break;
                case "name":
                    name = ReadString();
                    break;
                case "ranges":
                    ranges = ReadArray(static (ref reader) => reader.ReadParsed<MacRange>());
                    break;
                case "defaultAction":
                    defaultAction = ReadAction();
                    break;
                case "reuseDelay":
                    reuseDelay = ReadDelay();
                    break;
                case "allocations":
                    allocations = ReadArray(static (ref reader) => reader.ReadAllocation());
                    break;
                default:
                    policies = ReadArray(static (ref reader) => reader.ReadPolicy());
                    break;
            }
        }

        return new VlanConfiguration
        {
            Id = id,
            Name = name,
            Ranges = ranges,
            DefaultAction = defaultAction,
            ReuseDelay = reuseDelay,
            Allocations = allocations,
            Policies = policies,
        };
    }

    private AllocationConfiguration ReadAllocation()
    {
        string instanceId = string.Empty;
        MacAddress? address = null;
        var allocation = Begin(DocumentObject.Allocation);
        while (Next(ref allocation) is { } member)
        {
            if (member is "instanceId")
            {
                instanceId = ReadString();
            }
            else
            {
                address = ReadParsed<MacAddress>();
            }
        }

        return new AllocationConfiguration { InstanceId = instanceId, MacAddress = address };
    }

    private PolicyConfiguration ReadPolicy()
    {
        int? order = null;
        var source = MacPattern.Any;
        var destination = MacPattern.Any;
        var action = PolicyAction.Allow;
        var policy = Begin(DocumentObject.Policy);
        while (Next(ref policy) is { } member)
        {
            switch (member)
            {
                case "source":
                    source = ReadParsed<MacPattern>();
                    break;
                case "destination":
                    destination = ReadParsed<MacPattern>();
                    break;
                case "action":
                    action = ReadAction();
                    break;
                default:
                    order = ReadNumber();
                    break;
            }
        }

        return new PolicyConfiguration { Order = order, Source = source, Destination = destination, Action = action };
    }

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
        where T : IParsable<T>
    {
        string value = ReadString();
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
