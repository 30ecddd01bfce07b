using MacSegmentation.Addressing;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

/// <summary>
/// Link-local addresses that do not follow from a MAC address, which is what hosts have today (RFC 7217): who has one shows it by neighbour discovery, and the first
/// who does has it (first come, first served: RFC 6620 section 3.2). One that another port has, by a record or because it was there first, cannot be had.
/// </summary>
/// <remarks>
/// What a port has shown holds until it goes down. Beyond its limit it gives up the oldest one, so that it takes room from nobody else. A host need not detect
/// duplicates anew when the switch is started anew: any valid message that tells of the address shows it.
/// </remarks>
/// <param name="portCount">How many ports the switch has.</param>
internal sealed class LinkLocalClaims(int portCount)
{
    /// <summary>Addresses of a port of a record: a host has one an interface, and those behind one interface are few.</summary>
    public const int LimitOfRecord = 16;

    /// <summary>Addresses of another port, behind which there is a network.</summary>
    public const int LimitOfOther = 4096;

    private readonly Dictionary<(int VlanId, UInt128 Address), LinkLocalClaim> claims = [];
    private readonly Queue<(int VlanId, UInt128 Address)>?[] ofPort = new Queue<(int, UInt128)>?[portCount];

    /// <summary>True if the port has shown that it uses the address with the MAC address.</summary>
    public bool Has(int vlanId, UInt128 address, ulong mac, int port) =>
        claims.Count > 0 && claims.TryGetValue((vlanId, address), out var claim) && claim.Port == port && claim.Mac == mac;

    /// <summary>Takes in that a port uses an address, unless another has it.</summary>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="address">The address.</param>
    /// <param name="claim">Who says so. A port that is held to its record takes along what its MAC address had elsewhere; a port that is not takes it from others such only.</param>
    /// <returns>False if another has it.</returns>
    public bool TryClaim(int vlanId, UInt128 address, LinkLocalClaim claim)
    {
        var key = (vlanId, address);
        if (claims.TryGetValue(key, out var before))
        {
            if (before.Port == claim.Port)
            {
                claims[key] = claim;
                return true;
            }

            if (claim.IsHeld ? before.Mac != claim.Mac : before.IsHeld)
            {
                return false;
            }

            Release(key, before.Port);
        }

        var own = ofPort[claim.Port] ??= new Queue<(int, UInt128)>();
        if (own.Count >= (claim.IsHeld ? LimitOfRecord : LimitOfOther))
        {
            claims.Remove(own.Dequeue());
        }

        own.Enqueue(key);
        claims.Add(key, claim);
        return true;
    }

    /// <summary>A port that is down has shown nothing.</summary>
    public void Forget(int port)
    {
        while (ofPort[port] is { Count: > 0 } own)
        {
            claims.Remove(own.Dequeue());
        }
    }

    /// <summary>Forgets what is an address of a record now.</summary>
    public void Keep(AddressBook book)
    {
        foreach (var (key, claim) in claims.Where(entry => book.FindIp(entry.Key.VlanId, entry.Key.Address) is not null).ToArray())
        {
            Release(key, claim.Port);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        claims.Clear();
        Array.Clear(ofPort);
    }

    /// <summary>True if records say that the address is somebody else's: a fixed address, a pair, or one that follows from a MAC address of another port.</summary>
    /// <param name="book">The addresses of all records; null where nobody knows them.</param>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="address">The address.</param>
    /// <param name="bindings">What the port may have.</param>
    public static bool IsOfRecord(AddressBook? book, int vlanId, UInt128 address, PortBindings? bindings) =>
        book is not null
        && (book.FindIp(vlanId, address) is not null
            || (LinkLocal.TryReadMac(address, out ulong mac) && bindings?.Allows(mac) != true && book.TryFind(AddressKey.Of(vlanId, mac), out _, out _)));

    private void Release((int VlanId, UInt128 Address) key, int port)
    {
        claims.Remove(key);
        ofPort[port] = new Queue<(int, UInt128)>(ofPort[port]!.Where(other => other != key));
    }
}
