using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Pipeline;

/// <summary>An interface record that differs between two configurations.</summary>
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
                if (!ReferenceEquals(old, current))
                {
                    changes.Add(new RecordChange(old, current));
                }

                left++;
                right++;
            }
        }

        return changes;
    }

    /// <summary>False if the two differ in nothing that a table of addresses has: who joins a group need not wait for it.</summary>
    public bool ChangesAddresses => Before is null
        || After is null
        || Before.VlanId != After.VlanId
        || Before.MacAddress != After.MacAddress
        || !string.Equals(Before.Name, After.Name, StringComparison.OrdinalIgnoreCase)
        || !Before.IPAddress.SequenceEqual(After.IPAddress)
        || !Before.AddressPair.SequenceEqual(After.AddressPair);
}
