using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Configuration;
using MacSegmentation.Verdicts;

namespace MacSegmentation;

/// <summary>Judges frames in the plainest way: parses each by hand and walks the document's lists.</summary>
internal sealed class PlainJudge(MacConfiguration document, int nativeVlan, PolicyAction unknownVlan)
{
    private readonly Dictionary<(int Vlan, int Order), int> hits = document.Vlans
        .SelectMany(vlan => vlan.Policies.Select(policy => (vlan.Id, policy.Order!.Value)))
        .ToDictionary(key => key, _ => 0);

    /// <summary>How many frames each policy decided over, by VLAN and order.</summary>
    public IEnumerable<(int VlanId, int Order, int Frames)> Hits => hits.OrderBy(hit => hit.Key).Select(hit => (hit.Key.Vlan, hit.Key.Order, hit.Value));

    /// <summary>What must become of a frame.</summary>
    public PolicyAction Judge(CapturedFrame frame)
    {
        byte[] bytes = frame.Bytes;
        int type = 12;
        while (bytes.Length >= type + 2 && (bytes[type], bytes[type + 1]) is (0x81, 0x00) or (0x88, 0xa8))
        {
            type += 4;
        }

        if (bytes.Length < type + 2)
        {
            return PolicyAction.Drop;
        }

        int tagged = type == 12 ? 0 : ((bytes[14] & 0x0f) << 8) | bytes[15];
        int vlanId = tagged == 0 ? nativeVlan : tagged;
        var vlan = document.Vlans.SingleOrDefault(vlan => vlan.Id == vlanId);
        if (vlan is null)
        {
            return unknownVlan;
        }

        var (source, destination) = (MacAddress.FromOctets(bytes.AsSpan(6, 6)), MacAddress.FromOctets(bytes.AsSpan(0, 6)));
        var first = vlan.Policies.OrderBy(policy => policy.Order).FirstOrDefault(policy => policy.Source.Matches(source) && policy.Destination.Matches(destination));
        if (first is null)
        {
            return vlan.DefaultAction;
        }

        hits[(vlan.Id, first.Order!.Value)]++;
        return first.Action;
    }
}
