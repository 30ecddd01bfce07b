using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Bridging;

/// <summary>An interface record whose addresses differ between two configurations.</summary>
/// <param name="Before">The record as it was; null if there was none.</param>
/// <param name="After">The record as it is; null if there is none any more.</param>
internal readonly record struct RecordChange(MacInterface? Before, MacInterface? After)
{
    /// <summary>
    /// What differs between two lists of records. By ascending number, as a store lists them, it is what has changed; in any other sequence it
    /// is correct as well, but more.
    /// </summary>
    public static List<RecordChange> List(ReadOnlySpan<MacInterface> before, ReadOnlySpan<MacInterface> after)
    {
        var changes = new List<RecordChange>();
        int left = 0;
        int right = 0;
        while (left < before.Length || right < after.Length)
        {
            var old = left < before.Length ? before[left] : null;
            var current = right < after.Length ? after[right] : null;
            if (old is null || old.InterfaceId > current?.InterfaceId)
            {
                changes.Add(new RecordChange(Before: null, current));
                right++;
            }
            else if (current is null || old.InterfaceId < current.InterfaceId)
            {
                changes.Add(new RecordChange(old, After: null));
                left++;
            }
            else
            {
                if (!HaveSameAddresses(old, current))
                {
                    changes.Add(new RecordChange(old, current));
                }

                left++;
                right++;
            }
        }

        return changes;
    }

    /// <summary>True if two records differ in nothing that an address book has: who joins a group need not wait for it.</summary>
    private static bool HaveSameAddresses(MacInterface old, MacInterface current) =>
        ReferenceEquals(old, current)
        || (old.VlanId == current.VlanId
            && old.MacAddress == current.MacAddress
            && string.Equals(old.Name, current.Name, StringComparison.OrdinalIgnoreCase)
            && old.IPAddress.SequenceEqual(current.IPAddress)
            && old.AddressPair.SequenceEqual(current.AddressPair));
}
