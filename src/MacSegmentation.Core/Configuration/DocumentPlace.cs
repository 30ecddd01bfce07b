using MacSegmentation.Addressing;
using MacSegmentation.Errors;

namespace MacSegmentation.Configuration;

/// <summary>A VLAN of the document, or an item of one of its lists.</summary>
/// <param name="Vlan">Index of the VLAN.</param>
/// <param name="List">Name of the list, or null for the VLAN itself.</param>
/// <param name="Item">Index in the list.</param>
internal readonly record struct DocumentPlace(int Vlan, string? List = null, int Item = 0)
{
    /// <summary>The path of what an error is about: the member that it names, if it names one.</summary>
    /// <param name="error">The domain's error.</param>
    /// <param name="document">The document.</param>
    public string PathOf(MacSegmentationException error, MacConfiguration document)
    {
        string place = List is null ? $"vlans[{Vlan}]" : $"vlans[{Vlan}].{List}[{Item}]";
        return error.ErrorId switch
        {
            "InvalidVlanId" => $"{place}.id",
            "InvalidVlanName" => $"{place}.name",
            "InvalidReuseDelay" => $"{place}.reuseDelay",
            "InvalidInstanceId" => $"{place}.instanceId",
            "AddressNotInPool" or "AddressAllocated" => $"{place}.macAddress",
            "InvalidPolicyOrder" or "PolicyOrderTaken" when document.Vlans[Vlan].Policies[Item].Order is not null => $"{place}.order",
            _ when error.Target is MacRange range => $"{place}.ranges[{IndexOf(range, document.Vlans[Vlan].Ranges)}]",
            _ => place,
        };
    }

    // What meets another range may be a part of the one in the document; of two that are equal, the later one is too many.
    private static int IndexOf(MacRange part, IReadOnlyList<MacRange> ranges)
    {
        int index = ranges.Count - 1;
        while (index > 0 && !ranges[index].Overlaps(part))
        {
            index--;
        }

        return index;
    }
}
