namespace MacSegmentation.Handles;

/// <summary>
/// On whose behalf handles are asked about: a client of the provider service, alone or in a group, or an administrator. Handles belong to who registered them, and one's names are looked up among one's own.
/// </summary>
public sealed record HandleParty
{
    /// <summary>Who works on the store itself: all handles are seen, and those that are new belong to nobody yet.</summary>
    public static HandleParty Administrator { get; } = new();

    /// <summary>The client, or the group that is meant; empty for the handles of nobody, null for those of all.</summary>
    public string? Client { get; init; }

    /// <summary>The group with which the client shares what it registers; empty for none.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The most addresses that <see cref="Owner"/> may hold; 0 for any number.</summary>
    public long Quota { get; init; }

    /// <summary>True for an administrator.</summary>
    public bool IsAdministrator => Client is null;

    /// <summary>Whom a handle belongs to that is new.</summary>
    public string Owner => Group.Length > 0 ? Group : Client ?? string.Empty;

    /// <summary>Exactly the handles of one owner.</summary>
    /// <param name="owner">The client or group; empty for the handles of nobody.</param>
    public static HandleParty Of(string owner) => new() { Client = owner };

    /// <summary>True if a record is the party's own.</summary>
    /// <param name="record">The record.</param>
    public bool Has(MacHandle record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Client is null || AreSame(record.Client, Client) || (Group.Length > 0 && AreSame(record.Client, Group));
    }

    /// <summary>Of the records of one name the one that the party means: one with an address first, then one of the VLAN, then the group's before the client's alone.</summary>
    /// <param name="records">The records.</param>
    /// <param name="vlanId">The VLAN that is asked about; null for any.</param>
    internal MacHandle? Pick(IReadOnlyList<MacHandle> records, int? vlanId = null)
    {
        MacHandle? picked = null;
        int best = -1;
        for (int i = 0; i < records.Count; i++)
        {
            var record = records[i];
            int rank = !Has(record) ? -1
                : (record.State is HandleState.Held ? 4 : 0) + (record.VlanId == vlanId ? 2 : 0) + (AreSame(record.Client, Owner) ? 1 : 0);
            if (rank > best)
            {
                (picked, best) = (record, rank);
            }
        }

        return picked;
    }

    private static bool AreSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
