using System.Collections.Frozen;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.NetworkInformation;
using MacSegmentation.Addressing;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Arguments;

/// <summary>
/// The text of a value that comes as an object: from .NET, from CLIXML or a job (<c>Deserialized.*</c>), or from a file in which the properties of the
/// value were written instead of its text, as ConvertTo-Json does it.
/// </summary>
internal static class ValueText
{
    private const string DeserializedPrefix = "Deserialized.";

    /// <summary>What the values are called whose saved form is known, for the name of the type that a saved form bears.</summary>
    private static readonly FrozenSet<string> Names = new[]
    {
        typeof(MacAddress), typeof(MacPattern), typeof(MacRange), typeof(InterfaceAddress), typeof(IpProtocol), typeof(PortRange), typeof(PartitionPeer),
        typeof(BitRate), typeof(Percentage), typeof(DelayTime), typeof(BurstLoss), typeof(LinkTrace), typeof(LinkProfile), typeof(MacScenario), typeof(ProfileSchedule), typeof(PhysicalAddress), typeof(IPAddress), typeof(IPNetwork), typeof(TimeSpan), typeof(Uri), typeof(Guid),
    }.Select(type => type.FullName!).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How the text is made of the saved properties, and of which.</summary>
    private static readonly SavedForm[] Forms =
    [
        new(typeof(MacAddress), ["Value", "IsGroup", "IsLocal"], saved => Address(Get(saved, "Value"))),
        new(typeof(MacPattern), ["Value", "Mask"], Pattern),
        new(typeof(MacRange), ["First", "Last", "Count"], saved => Join(Of(Get(saved, "First")), '-', Of(Get(saved, "Last")))),
        new(typeof(PortRange), ["First", "Last"], saved => Join(Digits(Get(saved, "First")), '-', Digits(Get(saved, "Last")))),
        new(typeof(IpProtocol), ["Number", "HasPorts"], saved => Get(saved, "Number") is null ? "Any" : Digits(Get(saved, "Number"))),
        new(typeof(InterfaceAddress), ["Address", "PrefixLength"], saved => Join(Of(Get(saved, "Address")), '/', Digits(Get(saved, "PrefixLength")))),
        new(typeof(PartitionPeer), ["Kind", "PartitionName", "VlanId"], Peer),
        new(typeof(BitRate), ["BitsPerSecond"], saved => Digits(Get(saved, "BitsPerSecond"))),
        new(typeof(Percentage), ["PartsPerMillion"], saved => Number(Get(saved, "PartsPerMillion")) is { } parts ? new Percentage((int)parts).ToString() : null),
        new(typeof(BurstLoss), ["P", "R", "BadLoss", "GoodLoss"], saved => string.Join(',', new[] { "P", "R", "BadLoss", "GoodLoss" }.Select(name => Of(Get(saved, name))))),
        new(typeof(LinkTrace), ["Format", "IsOnce", "Digest", "Content"], Trace),
        new(typeof(MacScenario), ["Text", "Steps", "LoopAfter"], saved => Get(saved, "Text") as string),
        new(typeof(LinkProfile), ["Latency", "Jitter", "QueueLimit"], Link),
        new(typeof(DateTimeOffset), ["UtcTicks", "Offset"], saved => Number(Get(saved, "UtcTicks")) is >= 0 and var ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero).ToString("O", CultureInfo.InvariantCulture)
            : null),
        new(typeof(IPNetwork), ["BaseAddress", "PrefixLength"], saved => Join(Of(Get(saved, "BaseAddress")), '/', Digits(Get(saved, "PrefixLength")))),
    ];

    /// <summary>The text that an argument means, or null if it is an object of another kind, or one that has lost what it was.</summary>
    /// <param name="given">The argument, in PowerShell's wrapper or not.</param>
    public static string? Of(object? given)
    {
        var wrapped = given is null ? null : PSObject.AsPSObject(given);
        return wrapped?.BaseObject switch
        {
            null => null,
            string or ValueType or PhysicalAddress or IPAddress or Uri or BurstLoss or LinkTrace or LinkProfile or MacScenario or ProfileSchedule => LanguagePrimitives.ConvertTo<string>(given),
            PSCustomObject when IsDeserialized(wrapped) => wrapped.ToString(),
            PSCustomObject => OfProperties(wrapped),
            _ => null,
        };
    }

    /// <summary>The saved form's own text. Its type may have bits of a name behind it, never another one before it.</summary>
    private static bool IsDeserialized(PSObject saved) => saved.TypeNames is [var name, ..]
        && name.StartsWith(DeserializedPrefix, StringComparison.Ordinal)
        && Names.Contains(name[DeserializedPrefix.Length..]);

    private static string? OfProperties(PSObject saved)
    {
        string[] names = [.. saved.Properties.Select(property => property.Name)];
        return Array.Find(Forms, form => form.IsOf(names)) is { } form ? form.ToText(saved)
            : names.Contains("TotalSeconds", StringComparer.Ordinal) && Number(Get(saved, "Ticks")) is { } ticks ? new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture)
            : names.Contains("IsIPv4MappedToIPv6", StringComparer.Ordinal) ? IPv4(Number(Get(saved, "Address")))
            : null;
    }

    /// <summary>An IPv4 address by the number that .NET keeps, its first octet least significant. Of an IPv6 address no property tells the octets.</summary>
    private static string? IPv4(long? number) => number is >= 0 and <= uint.MaxValue ? new IPAddress(number.Value).ToString() : null;

    private static string? Pattern(PSObject saved)
    {
        if (Address(Get(saved, "Value")) is not { } value || Number(Get(saved, "Mask")) is not (>= 0 and var mask) || (ulong)mask > MacAddress.Broadcast.Value)
        {
            return null;
        }

        return mask == 0 ? "*" : $"{value}/{new MacAddress((ulong)mask)}";
    }

    private static string? Peer(PSObject saved) => Get(saved, "PartitionName") is string name ? name
        : Number(Get(saved, "VlanId")) is { } vlanId ? vlanId > 0 ? $"{PartitionPeer.VlanPrefix}{vlanId}" : $"{PartitionPeer.Any}"
        : null;

    private static string? Trace(PSObject saved) => (Number(Get(saved, "Format")) is { } number ? ((TraceFormat)number).ToString() : Get(saved, "Format") as string) is { } format
        ? $"{format}:{(Get(saved, "IsOnce") is true ? "Once" : "Loop")}:{Get(saved, "Digest")}:{Get(saved, "Content")}"
        : null;

    /// <summary>What is there of a direction, by the names of its values; choices may be saved as their numbers.</summary>
    private static string? Link(PSObject saved)
    {
        var parts = new List<string>();
        foreach (var property in typeof(LinkProfile).GetProperties().Where(property => property.CanWrite))
        {
            object? value = Get(saved, property.Name);
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            string? text = type.IsEnum && Number(value) is { } number ? Enum.ToObject(type, number).ToString() : Of(value);
            if (!string.IsNullOrEmpty(text))
            {
                parts.Add($"{property.Name}={text}");
            }
        }

        return string.Join(' ', parts);
    }

    private static string? Address(object? value) =>
        Number(value) is { } number and >= 0 && (ulong)number <= MacAddress.Broadcast.Value ? new MacAddress((ulong)number).ToString() : null;

    private static string? Join(string? first, char separator, string? second) => first is null || second is null ? null : $"{first}{separator}{second}";

    private static string? Digits(object? value) => Number(value)?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(object? value) => value is not null && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static object? Get(PSObject saved, string name) => saved.Properties[name]?.Value;

    /// <summary>What is left of a value where its properties were saved.</summary>
    /// <param name="Type">The value's type.</param>
    /// <param name="MadeOf">The properties that tell it from others and that its text is made of.</param>
    /// <param name="ToText">Makes the text.</param>
    private sealed record SavedForm(Type Type, string[] MadeOf, Func<PSObject, string?> ToText)
    {
        private readonly FrozenSet<string> known = Type.GetProperties().Select(property => property.Name).ToFrozenSet(StringComparer.Ordinal);

        /// <summary>True if all are there that the text is made of, and none that the type has not; a version may have fewer or more beside them.</summary>
        public bool IsOf(string[] names) => Array.TrueForAll(MadeOf, names.Contains) && Array.TrueForAll(names, known.Contains);
    }
}
