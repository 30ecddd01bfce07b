using MacSegmentation.Ports;

namespace MacSegmentation.Forwarding;

/// <summary>What interface records say of an IP address in a VLAN.</summary>
/// <param name="Bindings">The MAC addresses that it is used with, each once.</param>
/// <param name="FixedCount">Of how many records it is a fixed address.</param>
/// <param name="PairCount">In how many address pairs it is.</param>
internal sealed record IpHolder(IpBinding[] Bindings, int FixedCount, int PairCount)
{
    /// <summary>True if it is in an address pair.</summary>
    public bool IsPair => PairCount > 0;

    /// <summary>The only one who can have the address, so that nobody has to be asked who has it now; null if it may move.</summary>
    public IpBinding? Certain => FixedCount > 0 && Bindings.Length == 1 && !Bindings[0].Places.IsShared ? Bindings[0] : null;

    /// <summary>What one record says.</summary>
    public static IpHolder Of(IpUse use) => new([new IpBinding(use.Mac, AddressPlaces.Of(use.Port))], FixedCount: use.IsPair ? 0 : 1, PairCount: use.IsPair ? 1 : 0);

    /// <summary>The same with what others say as well.</summary>
    public IpHolder With(IReadOnlyCollection<IpUse> others)
    {
        var places = Bindings.ToDictionary(binding => binding.Mac, binding => binding.Places);
        foreach (var mac in others.GroupBy(use => use.Mac, use => use.Port))
        {
            places[mac.Key] = places.GetValueOrDefault(mac.Key, AddressPlaces.None).With([.. mac]);
        }

        int pairs = others.Count(use => use.IsPair);
        return new IpHolder([.. places.Select(mac => new IpBinding(mac.Key, mac.Value))], FixedCount + others.Count - pairs, PairCount + pairs);
    }

    /// <summary>The same without what one record says; null if nobody says anything any more.</summary>
    public IpHolder? Without(IpUse use)
    {
        IpBinding[] left =
        [
            .. Bindings
                .Select(binding => binding.Mac == use.Mac ? binding with { Places = binding.Places.Without(use.Port) } : binding)
                .Where(binding => !binding.Places.IsNowhere),
        ];
        return left.Length == 0 ? null : new IpHolder(left, FixedCount - (use.IsPair ? 0 : 1), PairCount - (use.IsPair ? 1 : 0));
    }

    /// <summary>True if the address may be used with the MAC address at the port.</summary>
    public bool Allows(ulong mac, SwitchPort port)
    {
        foreach (var binding in Bindings)
        {
            if (binding.Mac == mac)
            {
                return binding.Places.Include(port);
            }
        }

        return false;
    }

    /// <summary>
    /// The MAC address that the address may be used with at the port, or null; the lowest of several, as a virtual router's is lower than nearly
    /// all others (00:00:5e:00:01 or 02, RFC 9568 section 7.3).
    /// </summary>
    public ulong? FindMac(SwitchPort port)
    {
        ulong? found = null;
        foreach (var binding in Bindings)
        {
            if (binding.Places.Include(port) && !(found < binding.Mac))
            {
                found = binding.Mac;
            }
        }

        return found;
    }
}
