using MacSegmentation.Addressing;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Configuration;

/// <summary>Security groups of so few names and rules that two documents dispute all of them.</summary>
internal static class GroupGenerator
{
    private static readonly (IpProtocol Protocol, PortRange[] Ports)[] Services =
        [(IpProtocol.Any, []), (IpProtocol.Tcp, [new(80, 80), new(443, 443), new(8000, 8080)]), (IpProtocol.Udp, []), (new IpProtocol(112), [])];

    /// <summary>Groups whose rules name each other.</summary>
    public static SecurityGroupConfiguration[] Make(Random random)
    {
        string[] names = [.. new[] { "web", "clients", "db" }.Where(_ => random.Next(3) > 0).Select(name => random.Next(4) == 0 ? name.ToUpperInvariant() : name)];
        random.Shuffle(names);
        return [.. names.Select(name => new SecurityGroupConfiguration
        {
            Name = name,
            Description = random.Next(3) == 0 ? "for \"näme\"" : string.Empty,
            IsStateless = random.Next(4) == 0,
            Rules = [.. Enumerable.Range(0, random.Next(5)).Select(_ => MakeRule(random, names)).DistinctBy(Describe)],
        })];
    }

    /// <summary>The rule as one line, by which exported rules are ordered.</summary>
    public static string Describe(SecurityGroupRuleConfiguration rule) => SecurityGroupCatalog.MakeRule(new RuleRequest
    {
        GroupName = string.Empty,
        Direction = rule.Direction,
        Protocol = rule.Protocol,
        Port = rule.Ports,
        RemoteAddress = rule.RemoteAddress,
        RemoteGroup = rule.RemoteGroup,
    }).ToString();

    private static SecurityGroupRuleConfiguration MakeRule(Random random, string[] groups)
    {
        var (protocol, ports) = Services[random.Next(Services.Length)];
        int remote = random.Next(3);
        return new SecurityGroupRuleConfiguration
        {
            Direction = random.Next(2) == 0 ? TrafficDirection.Inbound : TrafficDirection.Outbound,
            Protocol = protocol,
            Ports = ports,
            RemoteAddress = remote == 0 ? (random.Next(2) == 0 ? "10.0.0.0/24" : "fd00::/64") : null,
            RemoteGroup = remote == 1 ? groups[random.Next(groups.Length)] : null,
        };
    }
}
