using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;

namespace MacSegmentation.Switch.Lookup;

/// <summary>A switch, the configurations that it gets, and what happens to it.</summary>
internal sealed record Scenario(IReadOnlyList<SwitchPortSettings> Ports, SwitchOptions Options, IReadOnlyList<ConfigurationSnapshot> Configurations, IReadOnlyList<Step> Steps)
{
    /// <summary>What is left if parts of it are left out: the steps first, then the policies and the limits.</summary>
    public IEnumerable<Scenario> Shrink()
    {
        for (int length = Steps.Count / 2; length > 0; length /= 2)
        {
            for (int from = 0; from + length <= Steps.Count; from += length)
            {
                yield return this with { Steps = [.. Steps.Take(from), .. Steps.Skip(from + length)] };
            }
        }

        if (Configurations.Any(snapshot => snapshot.Vlans.Any(vlan => vlan.Policies.Length > 0)))
        {
            yield return this with { Configurations = [.. Configurations.Select(snapshot => snapshot with { Vlans = [.. snapshot.Vlans.Select(WithoutPolicies)] })] };
        }

        foreach (var port in Ports.Where(port => port.StormLimit > 0 || port.AddressLimit > 0))
        {
            yield return this with { Ports = [.. Ports.Select(one => one == port ? one with { StormLimit = 0, AddressLimit = 0 } : one)] };
        }

        foreach (var record in Configurations[0].Interfaces)
        {
            yield return this with { Configurations = [Configurations[0] with { Interfaces = Configurations[0].Interfaces.Remove(record) }, .. Configurations.Skip(1)] };
        }
    }

    public override string ToString() => string.Join('\n', Lines());

    private static VlanPolicies WithoutPolicies(VlanPolicies vlan) => new(vlan.VlanId, vlan.DefaultAction, []) { ArpResponder = vlan.ArpResponder };

    private static string Describe(MacInterface record)
    {
        var pairs = record.AddressPair.Select(pair => $"{pair.IPAddress}@{pair.MacAddress}");
        return $"{record.Name} in {record.VlanId}: {record.MacAddress} {string.Join(' ', record.IPAddress)}; pairs {string.Join(' ', pairs)}{(record.PortSecurity ? string.Empty : "; not secured")}";
    }

    private IEnumerable<string> Lines()
    {
        yield return string.Empty;
        yield return $"limit {Options.AddressLimit}, flood {Options.FloodUnknownUnicast}, link-local {Options.ForwardLinkLocal}";
        foreach (var port in Ports)
        {
            yield return $"port {port.Adapter} {port.MacInterface}{(port.IsUplink ? "uplink" : string.Empty)} {string.Join(',', port.Vlans)} native {port.NativeVlan} storm {port.StormLimit} limit {port.AddressLimit}";
        }

        for (int i = 0; i < Configurations.Count; i++)
        {
            yield return $"configuration {i}";
            foreach (var vlan in Configurations[i].Vlans)
            {
                yield return $"  VLAN {vlan.VlanId} {vlan.DefaultAction}, responder {vlan.ArpResponder}: {string.Join("; ", vlan.Policies.ToArray().Select(policy => policy.ToString()))}";
            }

            foreach (var record in Configurations[i].Interfaces)
            {
                yield return $"  {Describe(record)}";
            }
        }

        foreach (var step in Steps)
        {
            yield return step.ToString();
        }
    }
}
