using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.PortSecurity;

/// <summary>
/// What may come in beside IPv4, IPv6 and ARP, which are checked: what port security does not read could carry any of them (PPPoE, MPLS, provider backbone tags,
/// MACsec), and somebody beyond would take it out.
/// </summary>
internal sealed class EtherTypeRules
{
    private readonly int[] permitted;

    public EtherTypeRules(MacInterface record) => permitted = [.. record.PermittedEtherType.Select(PermittedEtherTypes.NumberOf)];

    /// <summary>True if a frame of neither IP nor ARP may come in.</summary>
    /// <param name="type">The type behind all tags; below 0x600 the length of an LLC frame.</param>
    public bool Permits(int type)
    {
        int number = type < EtherTypes.Minimum ? PermittedEtherTypes.LlcNumber : type;
        foreach (int one in permitted)
        {
            if (one == number || one == PermittedEtherTypes.AnyNumber)
            {
                return true;
            }
        }

        return false;
    }
}
