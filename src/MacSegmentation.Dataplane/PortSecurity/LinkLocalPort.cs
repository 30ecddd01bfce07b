using MacSegmentation.Forwarding;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

/// <summary>The link-local addresses of one port that is held to its record.</summary>
/// <param name="claims">Those of all ports.</param>
/// <param name="fdb">Whose addresses records say; null where nobody knows.</param>
/// <param name="port">The port's index.</param>
internal sealed class LinkLocalPort(LinkLocalClaims claims, FilteringDatabase? fdb, int port)
{
    /// <summary>True if the port has shown that it has the address.</summary>
    public bool Has(int vlanId, UInt128 address, ulong mac) => LinkLocal.Is(address) && claims.Has(vlanId, address, mac, port);

    /// <summary>Takes in that the port has shown an address by a valid message of neighbour discovery.</summary>
    /// <returns>False if it is none, or somebody else's.</returns>
    public bool TryClaim(int vlanId, UInt128 address, ulong mac, PortBindings bindings) => LinkLocal.Is(address)
        && bindings.Allows(mac)
        && !LinkLocalClaims.IsOfRecord(fdb?.Records, vlanId, address, bindings)
        && claims.TryClaim(vlanId, address, new LinkLocalClaim(port, mac, IsHeld: true));
}
