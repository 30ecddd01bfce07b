using MacSegmentation.Forwarding;
using MacSegmentation.Ports;

namespace MacSegmentation.Ownership;

/// <summary>
/// Who holds the addresses that may move between ports: IP addresses of address pairs, and MAC addresses that several records have. It grows
/// with what records allow, never with what stations claim: a claim is checked before it comes here.
/// </summary>
internal sealed class AddressOwners
{
    private readonly Dictionary<(int VlanId, UInt128 Address), AddressOwner> byIp = [];
    private readonly Dictionary<ulong, AddressOwner> byMac = [];

    /// <summary>The IP addresses in <see cref="byIp"/>, by the MAC address that they are used with.</summary>
    private readonly Dictionary<ulong, HashSet<UInt128>> ipsOfMac = [];

    /// <summary>Takes in that an IP address was shown to be at a port.</summary>
    /// <returns>True if that is news.</returns>
    public bool NoteIp(int vlanId, UInt128 address, ulong mac, int port, long now, DetectionMethod method)
    {
        bool known = byIp.TryGetValue((vlanId, address), out var before);
        if (known && before.IsHeld && before.Port == port && before.Mac == mac)
        {
            if (before.DetectedBy == DetectionMethod.Frame)
            {
                // It came with its MAC address; now it is named as well.
                byIp[(vlanId, address)] = before with { DetectedBy = method };
            }

            return false;
        }

        if (known && before.Mac != mac)
        {
            RemoveIpOfMac(vlanId, address, before.Mac);
        }

        byIp[(vlanId, address)] = Next(known, before, mac, port, now, method);
        ulong key = AddressKey.Of(vlanId, mac);
        if (!ipsOfMac.TryGetValue(key, out var addresses))
        {
            ipsOfMac.Add(key, addresses = []);
        }

        addresses.Add(address);
        return true;
    }

    /// <summary>The IP addresses that are held with a MAC address somewhere else than at a port.</summary>
    public UInt128[] ListIpsElsewhere(ulong key, int port) => ipsOfMac.TryGetValue(key, out var addresses)
        ? [.. addresses.Where(address => byIp[(AddressKey.VlanOf(key), address)] is { IsHeld: true } owner && owner.Port != port)]
        : [];

    /// <summary>Takes in that nobody is known to hold an IP address any more.</summary>
    public void ReleaseIp(int vlanId, UInt128 address) => byIp[(vlanId, address)] = byIp[(vlanId, address)] with { IsHeld = false };

    /// <summary>Takes in that a MAC address came to a port.</summary>
    public void NoteMac(ulong key, int port, long now)
    {
        bool known = byMac.TryGetValue(key, out var before);
        if (!known || !before.IsHeld || before.Port != port)
        {
            byMac[key] = Next(known, before, AddressKey.AddressOf(key), port, now, DetectionMethod.Frame);
        }
    }

    /// <summary>Who holds an IP address, if somebody is known to.</summary>
    public bool TryFindIp(int vlanId, UInt128 address, out AddressOwner owner) => byIp.TryGetValue((vlanId, address), out owner);

    /// <summary>Who holds a MAC address, if somebody is known to.</summary>
    public bool TryFindMac(ulong key, out AddressOwner owner) => byMac.TryGetValue(key, out owner);

    /// <summary>Forgets the addresses that no record may share any more; nobody holds one who may not hold it any more.</summary>
    public void Keep(AddressBook book, IReadOnlyList<SwitchPort> ports)
    {
        foreach (var key in byIp.Keys.Where(key => book.FindIp(key.VlanId, key.Address) is not { IsPair: true }).ToArray())
        {
            RemoveIpOfMac(key.VlanId, key.Address, byIp[key].Mac);
            byIp.Remove(key);
        }

        foreach (ulong key in byMac.Keys.Where(key => book.Find(key) is not { IsShared: true }).ToArray())
        {
            byMac.Remove(key);
        }

        Release(
            entry => !book.FindIp(entry.Key.VlanId, entry.Key.Address)!.Allows(entry.Value.Mac, ports[entry.Value.Port]),
            entry => !book.Find(entry.Key)!.Include(ports[entry.Value.Port]));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        byIp.Clear();
        byMac.Clear();
        ipsOfMac.Clear();
    }

    /// <summary>Nobody behind a port that is down holds anything.</summary>
    public void Forget(int port) => Release(entry => entry.Value.Port == port, entry => entry.Value.Port == port);

    private void RemoveIpOfMac(int vlanId, UInt128 address, ulong mac)
    {
        ulong key = AddressKey.Of(vlanId, mac);
        var addresses = ipsOfMac[key];
        addresses.Remove(address);
        if (addresses.Count == 0)
        {
            ipsOfMac.Remove(key);
        }
    }

    private void Release(Func<KeyValuePair<(int VlanId, UInt128 Address), AddressOwner>, bool> isIp, Func<KeyValuePair<ulong, AddressOwner>, bool> isMac)
    {
        foreach (var (address, owner) in byIp.Where(isIp).ToArray())
        {
            byIp[address] = owner with { IsHeld = false };
        }

        foreach (var (key, owner) in byMac.Where(isMac).ToArray())
        {
            byMac[key] = owner with { IsHeld = false };
        }
    }

    private static AddressOwner Next(bool known, AddressOwner before, ulong mac, int port, long now, DetectionMethod method)
    {
        if (!known)
        {
            return new AddressOwner(mac, port, now, method, PreviousPort: -1, PreviousSince: 0, Changes: 0, IsHeld: true);
        }

        // The same port again, after it was down or with another MAC address: who was before it stays.
        return before.Port == port
            ? before with { Mac = mac, Since = before.IsHeld ? before.Since : now, DetectedBy = method, IsHeld = true }
            : new AddressOwner(mac, port, now, method, before.Port, before.Since, before.Changes + 1, IsHeld: true);
    }
}
