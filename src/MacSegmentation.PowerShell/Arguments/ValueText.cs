using System.Collections.Frozen;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.NetworkInformation;
using MacSegmentation.Addressing;

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
        typeof(MacAddress), typeof(MacPattern), typeof(MacRange), typeof(InterfaceAddress), typeof(IpProtocol), typeof(PortRange),
        typeof(PhysicalAddress), typeof(IPAddress), typeof(IPNetwork), typeof(TimeSpan), typeof(Uri), typeof(Guid),
    }.Select(type => type.FullName!).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>By the names of the properties, in alphabetical order, how the text is made of them. All of them are there, or it is another thing that has some of the same names.</summary>
    private static readonly FrozenDictionary<string, Func<PSObject, string?>> Forms = new (string Names, Func<PSObject, string?> ToText)[]
    {
        ("IsBroadcast IsGroup IsLocal Value", saved => Address(Get(saved, "Value"))),
        ("IsAny Mask PrefixLength Value", saved => Number(Get(saved, "PrefixLength")) == 0 ? "*" : Join(Address(Get(saved, "Value")), '/', Digits(Get(saved, "PrefixLength")))),
        ("Count First Last", saved => Join(Of(Get(saved, "First")), '-', Of(Get(saved, "Last")))),
        ("First Last", saved => Join(Digits(Get(saved, "First")), '-', Digits(Get(saved, "Last")))),
        ("HasPorts Number", saved => Get(saved, "Number") is null ? "Any" : Digits(Get(saved, "Number"))),
        ("Address PrefixLength", saved => Join(Of(Get(saved, "Address")), '/', Digits(Get(saved, "PrefixLength")))),
        ("BaseAddress PrefixLength", saved => Join(Of(Get(saved, "BaseAddress")), '/', Digits(Get(saved, "PrefixLength")))),
    }.ToFrozenDictionary(form => form.Names, form => form.ToText, StringComparer.Ordinal);

    /// <summary>The text that an argument means, or null if it is an object of another kind, or one that has lost what it was.</summary>
    /// <param name="given">The argument, in PowerShell's wrapper or not.</param>
    public static string? Of(object? given)
    {
        var wrapped = given is null ? null : PSObject.AsPSObject(given);
        return wrapped?.BaseObject switch
        {
            null => null,
            string or ValueType or PhysicalAddress or IPAddress or Uri => LanguagePrimitives.ConvertTo<string>(given),
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
        string[] names = [.. saved.Properties.Select(property => property.Name).Order(StringComparer.Ordinal)];
        return Forms.TryGetValue(string.Join(' ', names), out var toText) ? toText(saved)
            : names.Contains("TotalSeconds", StringComparer.Ordinal) && Number(Get(saved, "Ticks")) is { } ticks ? new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture)
            : names.Contains("IsIPv4MappedToIPv6", StringComparer.Ordinal) ? IPv4(Number(Get(saved, "Address")))
            : null;
    }

    /// <summary>An IPv4 address by the number that .NET keeps, its first octet least significant. Of an IPv6 address no property tells the octets.</summary>
    private static string? IPv4(long? number) => number is >= 0 and <= uint.MaxValue ? new IPAddress(number.Value).ToString() : null;

    private static string? Address(object? value) =>
        Number(value) is { } number and >= 0 && (ulong)number <= MacAddress.Broadcast.Value ? new MacAddress((ulong)number).ToString() : null;

    private static string? Join(string? first, char separator, string? second) => first is null || second is null ? null : $"{first}{separator}{second}";

    private static string? Digits(object? value) => Number(value)?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(object? value) => value is not null && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static object? Get(PSObject saved, string name) => saved.Properties[name]?.Value;
}
