using System.Net;

namespace MacSegmentation.Addressing;

/// <summary>An IP address of an interface with the length of its subnet's prefix, such as <c>10.0.0.11/24</c>.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Length of the subnet's prefix, 1 to 32 for IPv4, 1 to 128 for IPv6.</param>
public readonly record struct InterfaceAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>True if the address lies in this one's subnet.</summary>
    /// <param name="other">An address of either family.</param>
    public bool HasInSubnet(IPAddress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var mask = IpNumber.Mask(IpNumber.PrefixLength(Address.AddressFamily, PrefixLength));
        return other.AddressFamily == Address.AddressFamily && (IpNumber.From(other) & mask) == (IpNumber.From(Address) & mask);
    }

    /// <summary>The address and the prefix length, such as <c>10.0.0.11/24</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
