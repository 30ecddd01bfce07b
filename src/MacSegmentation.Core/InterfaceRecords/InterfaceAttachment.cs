using System.Globalization;
using System.Text;

namespace MacSegmentation.InterfaceRecords;

/// <summary>The wish that an enforcer make a port for an instance, on its own Linux host, while it runs.</summary>
/// <param name="Kind">What is made.</param>
/// <param name="Enforcer">Name of the enforcer that makes it, or of its host, in any case; null for whichever has a port that carries the VLAN.</param>
public sealed record InterfaceAttachment(AttachmentKind Kind, string? Enforcer)
{
    /// <summary>Octets of the longest name that Linux lets an adapter have (IFNAMSIZ without the terminator).</summary>
    public const int LongestAdapterName = 15;

    private const string InstanceEnd = "ms";
    private const string PortEnd = "mp";

    /// <summary>The adapter that the instance uses.</summary>
    /// <param name="record">Its interface record.</param>
    /// <returns>
    /// <c>ms-</c> and the record's name, where that is letters, digits, hyphens, underscores and dots of ASCII and not too long; else <c>ms.</c> and its number.
    /// </returns>
    public static string AdapterOf(MacInterface record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return AdapterOf(record.Name, record.InterfaceId);
    }

    /// <summary>The end of a veth pair that is the enforcer's port: as the instance's end, with <c>mp</c> in front.</summary>
    /// <param name="record">The interface record.</param>
    public static string PortOf(MacInterface record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return NameOf(PortEnd, record.Name, record.InterfaceId);
    }

    /// <inheritdoc/>
    public override string ToString() => Enforcer is null ? $"{Kind}" : $"{Kind} by {Enforcer}";

    internal static string AdapterOf(string name, long interfaceId) => NameOf(InstanceEnd, name, interfaceId);

    private static string NameOf(string end, string name, long interfaceId) =>
        end.Length + 1 + Encoding.UTF8.GetByteCount(name) <= LongestAdapterName && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.')
            ? $"{end}-{name}"
            : string.Create(CultureInfo.InvariantCulture, $"{end}.{interfaceId}");
}
