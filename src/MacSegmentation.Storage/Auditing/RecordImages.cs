using System.Globalization;
using System.Net;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Auditing;

/// <summary>Records as the audit keeps them.</summary>
internal static class RecordImages
{
    private const string Octets = @"\x";
    private const int IPLength = 16;

    /// <summary>The actions of policies and VLANs, by their numbers in the tables.</summary>
    private static readonly string[] Actions = ["Allow", "Deny", "Drop"];

    /// <summary>Reads an image; null for none.</summary>
    public static IReadOnlyDictionary<string, object?>? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(
            column => column.Name,
            column => column.Value.ValueKind switch
            {
                JsonValueKind.Null => (object?)null,
                JsonValueKind.Number => column.Value.GetInt64(),
                _ => column.Value.GetString(),
            },
            StringComparer.Ordinal);
    }

    /// <summary>The present row of a table's recorded columns.</summary>
    public static IReadOnlyDictionary<string, object?> Read(StoreTable table, SqlStatement row)
    {
        var image = new Dictionary<string, object?>(StringComparer.Ordinal);
        int place = 0;
        foreach (var column in RecordedTables.Columns(table))
        {
            image[column.Name] = row.IsNull(place) ? null : column.Kind switch
            {
                StoreColumnKind.Number => row.Number(place),
                StoreColumnKind.Text => row.Text(place),
                _ => Octets + Convert.ToHexStringLower(row.Bytes(place)),
            };
            place++;
        }

        return image;
    }

    /// <summary>An address as it was given out, by its event: to whom says its detail, such as <c>to 'vm-1' by handle 'urn:x:1'</c>.</summary>
    public static IReadOnlyDictionary<string, object?> OfAllocation(MacAuditEvent entry)
    {
        const string To = "to '";
        const string ByHandle = "' by handle '";
        string owner = entry.Detail[To.Length..^1];
        int handle = owner.LastIndexOf(ByHandle, StringComparison.Ordinal);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["address"] = (long)MacAddress.Parse(entry.Subject).Value,
            ["vlan_id"] = (long)entry.VlanId,
            ["instance_id"] = handle < 0 ? owner : owner[..handle],
            ["allocated_at"] = StoredTime.From(entry.Time),
            ["handle"] = handle < 0 ? string.Empty : owner[(handle + ByHandle.Length)..],
        };
    }

    /// <summary>What names a record in its table.</summary>
    public static string KeyOf(StoreTable table, IReadOnlyDictionary<string, object?> image) =>
        table.HasKey ? string.Join('/', table.Key.Select(column => Convert.ToString(image[column], CultureInfo.InvariantCulture))) : string.Empty;

    /// <summary>Gives a parameter a value of an image.</summary>
    public static void Bind(SqlStatement statement, int place, StoreColumnKind kind, object? value)
    {
        switch (value)
        {
            case long number:
                statement.Bind(place, number);
                break;
            case string octets when kind is StoreColumnKind.Bytes:
                statement.Bind(place, (ReadOnlySpan<byte>)Convert.FromHexString(octets.AsSpan(Octets.Length)));
                break;
            case string text:
                statement.Bind(place, text);
                break;
            case null when kind is StoreColumnKind.Number:
                statement.Bind(place, (long?)null);
                break;
            case null when kind is StoreColumnKind.Bytes:
                statement.Bind(place, (IPAddress?)null);
                break;
            default:
                statement.Bind(place, (string?)null);
                break;
        }
    }

    /// <summary>A value as people read it, by the name of its column: addresses and times are numbers in the tables.</summary>
    public static string? Describe(string table, string column, object? value) => (column, value) switch
    {
        (_, null) => null,
        ("address" or "mac_address" or "own_mac_address" or "first" or "last" or "first_address" or "last_address" or "source" or "destination" or "source_mask" or "destination_mask", long number) =>
            $"{new MacAddress((ulong)number)}",
        ("ip_address" or "remote_address", string octets) when octets.Length == Octets.Length + (2 * IPLength) =>
            $"{IpNumber.ToAddress(UInt128.Parse(octets.AsSpan(Octets.Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture))}",
        ("action" or "default_action", long number and >= 0) when table is "policy" or "vlan" && number < Actions.Length => Actions[number],
        (_, long number) when IsTime(column) => $"{StoredTime.To(number):u}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static bool IsTime(string column) => column.EndsWith("_at", StringComparison.Ordinal) || column is "rests_until" or "held_until";
}
