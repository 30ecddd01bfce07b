using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores.Contract;

/// <summary>The changes of interfaces and security groups among the random ones, drawn from the same numbers: few names, few addresses.</summary>
internal static class RandomInterfaceStep
{
    public const int Kinds = 12;

    /// <summary>The kind that is observed, and changes nothing.</summary>
    public const int Use = 11;

    private static readonly string[] Names = ["web-1", "WEB-1", "web-2", "\u00e4-1", "\u00c4-1", "db"];
    private static readonly string[] Groups = ["web", "Web", "clients", "\u00fc"];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step)
    {
        string name = Names[step.Order % Names.Length];
        string group = Groups[step.Instance];
        return kind switch
        {
            0 or 1 => StoreDescription.Of(InterfaceCatalog.Create(writer, Request(name, step))),
            2 => StoreDescription.Of(InterfaceCatalog.Change(writer, name, Change(step))),
            3 => StoreDescription.Of(InterfaceCatalog.Remove(writer, name, step.Flag)),
            4 or 5 => InterfaceCatalog.AddPair(writer, name, Address(step), OwnAddress(step)).ToString(),
            6 => InterfaceCatalog.RemovePair(writer, name, Address(step), macAddress: null).ToString(),
            7 => step.Slot % 3 > 0
                ? StoreDescription.Of(SecurityGroupCatalog.Create(writer, group, name, step.Flag))
                : StoreDescription.Of(SecurityGroupCatalog.Remove(writer, group, step.Flag)),
            8 => StoreDescription.Of(SecurityGroupCatalog.AddRule(writer, Rule(group, step))),
            9 => StoreDescription.Of(SecurityGroupCatalog.RemoveRule(writer, AnyRule(writer, step))),
            _ => StoreDescription.Of(step.Slot % 3 > 0
                ? SecurityGroupCatalog.AddMember(writer, group, name)
                : SecurityGroupCatalog.RemoveMember(writer, group, name)),
        };
    }

    private static InterfaceRequest Request(string name, RandomStep step) => new()
    {
        Name = name,
        VlanId = step.Vlan,
        MacAddress = step.Flag ? step.Address : null,
        IPAddress = [Address(step) + (step.Flag ? "/24" : "/64"), $"192.168.{step.Slot % 4}.{step.Order + 1}/28"],
        InstanceId = RandomStep.Instances[step.Instance],
        DhcpGuard = step.Flag,
    };

    private static InterfaceChange Change(RandomStep step) => (step.Slot % 5) switch
    {
        0 => new InterfaceChange { MacAddress = step.Address },
        1 => new InterfaceChange { IPAddress = [$"10.0.0.{step.Slot + 1}/24", $"fd00::{step.Slot % 7}/64"] },
        2 => new InterfaceChange { InstanceId = RandomStep.Instances[step.Instance], MacAddress = step.Flag ? step.Address : null },
        3 => new InterfaceChange { IPAddress = [] },
        _ => new InterfaceChange { PortSecurity = step.Flag, RouterGuard = !step.Flag, ArpRateLimit = step.Slot, DhcpRateLimit = step.Slot + 1, RsRateLimit = step.Slot + 2, TriggerExempt = step.Flag, PermittedEtherType = step.Flag ? ["0x8847", "Llc"] : [] },
    };

    private static RuleRequest Rule(string group, RandomStep step) => new()
    {
        GroupName = group,
        Direction = (TrafficDirection)(step.Slot % 2),
        Protocol = step.Order switch { 0 => IpProtocol.Any, 1 => IpProtocol.Icmp, 2 => new IpProtocol((byte)step.Slot), _ => IpProtocol.Tcp },
        Port = step.Order >= 3 ? [new PortRange((ushort)step.Slot, 80), new PortRange(443, 443)] : [],
        RemoteAddress = step.Flag ? Address(step) : null,
        RemoteGroup = step.Flag ? null : Groups[step.Slot % Groups.Length],
    };

    /// <summary>Marks of life are no changes: the revision stays.</summary>
    public static string Observe(IStoreObserver observer, RandomStep step)
    {
        if (step.Slot % 4 == 0)
        {
            observer.DeleteInterfaceUses($"e{step.Order % 2}");
            return "gone";
        }

        var use = new InterfaceUse
        {
            InterfaceId = observer.ListInterfaces() is [var first, ..] ? first.InterfaceId : 1_000_000,
            EnforcerId = $"e{step.Order % 2}",
            HostName = $"host-{step.Vlan}",
            Process = "macseg/7",
            SeenAt = observer.Now,
        };
        observer.UpsertInterfaceUse(use);
        return use.ToString();
    }

    private static long AnyRule(IStoreReader reader, RandomStep step) =>
        reader.ListSecurityGroupRules() is { Count: > 0 } rules ? rules[step.Slot % rules.Count].RuleId : 0;

    private static MacAddress? OwnAddress(RandomStep step) => step.Flag ? null : step.Address;

    private static string Address(RandomStep step) => step.Slot % 3 == 0 ? $"fd00::{step.Slot % 7}" : $"10.0.0.{(step.Slot % 7) + 1}";
}
