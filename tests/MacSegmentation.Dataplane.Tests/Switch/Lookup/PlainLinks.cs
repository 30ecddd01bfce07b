using MacSegmentation.Addressing;
using MacSegmentation.Ports;

namespace MacSegmentation.Switch.Lookup;

/// <summary>Who has shown to use which link-local address: the first who did, unless a record has it.</summary>
internal sealed class PlainLinks
{
    private readonly Dictionary<(int Vlan, string Address), (SwitchPortSettings Port, MacAddress Mac, bool IsHeld)> shown = [];

    public bool Has(int vlan, string address, SwitchPortSettings port, MacAddress mac) =>
        shown.TryGetValue((vlan, address), out var claim) && claim.Port == port && claim.Mac == mac;

    public bool TryShow(int vlan, string address, SwitchPortSettings port, MacAddress mac, bool isHeld)
    {
        if (shown.TryGetValue((vlan, address), out var other) && other.Port != port && (isHeld ? other.Mac != mac : other.IsHeld))
        {
            return false;
        }

        shown[(vlan, address)] = (port, mac, isHeld);
        return true;
    }

    public void PortDown(SwitchPortSettings port)
    {
        foreach (var key in shown.Where(claim => claim.Value.Port == port).Select(claim => claim.Key).ToArray())
        {
            shown.Remove(key);
        }
    }
}
