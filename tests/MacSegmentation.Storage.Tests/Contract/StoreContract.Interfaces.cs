using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void Interfaces_and_groups_are_found_as_in_the_plainest_store()
    {
        var time = new ManualTime();
        var store = Open(time);
        var model = new InMemoryStore(time);
        foreach (var each in (IMacStore[])[store, model])
        {
            each.Write(FillWithInterfaces);
            each.Observe(UseInterfaces);
        }

        Assert.Equal(StoreDescription.Of(model, Probes), StoreDescription.Of(store, Probes));
        foreach (var each in (IMacStore[])[store, model])
        {
            each.Write(writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { MacAddress = new MacAddress(0x0200_5E00_0009), IPAddress = ["10.0.0.9/24", "fd00::11/64"] }));
            each.Write(writer => InterfaceCatalog.RemovePair(writer, "web-1", "10.0.0.100", new MacAddress(0x0000_5E00_010A)));
            each.Write(writer => SecurityGroupCatalog.RemoveMember(writer, "web", "web-1"));
            each.Write(writer => SecurityGroupCatalog.Remove(writer, "CLIENTS", force: true));
        }

        Assert.Equal(StoreDescription.Of(model, Probes), StoreDescription.Of(store, Probes));
        Assert.Equal(
            store.Read(reader => StoreDescription.Of(reader.FindInterface("web-2"))),
            store.Write(writer => StoreDescription.Of(InterfaceCatalog.Remove(writer, "web-2", force: true))));
        store.Write(writer => VlanCatalog.Remove(writer, 1, force: true));
        Assert.Empty(store.Read(reader => reader.ListInterfaces()));
        Assert.Empty(store.Read(reader => reader.ListAddressPairs()));
        Assert.Empty(Assert.Single(store.Read(reader => reader.ListSecurityGroups())).Member);
        CheckIntegrity();
    }

    [Fact]
    public void Many_interfaces_each_have_their_own_whatever_lies_between_them()
    {
        const int records = 2_700;
        var time = new ManualTime();
        var store = Open(time);
        var model = new InMemoryStore(time);
        foreach (var each in (IMacStore[])[store, model])
        {
            each.Write(writer =>
            {
                VlanCatalog.Create(writer, new MacVlan { VlanId = 1, Ranges = [MacRange.Parse("02:00:5e:00:00:00/32")] });
                SecurityGroupCatalog.Create(writer, "even");
                for (int i = 0; i < records; i++)
                {
                    string name = $"n{i * 7919 % records}";
                    InterfaceCatalog.Create(writer, new InterfaceRequest { Name = name, VlanId = 1, IPAddress = i % 3 == 0 ? [] : [$"10.{i / 250}.{i % 250}.1/16", $"fd00::{i + 1:x}/64"], Tag = i % 4 == 0 ? [MacTag.OfInteger(i), MacTag.OfText("t")] : [] });
                    if (i % 2 == 0)
                    {
                        SecurityGroupCatalog.AddMember(writer, "even", name);
                    }

                    if (i % 3 == 1)
                    {
                        InterfaceCatalog.AddPair(writer, name, $"10.{i / 250}.{i % 250}.2", macAddress: null);
                    }
                }

                return 0;
            });

            // Gaps, one of them wider than what is read over.
            each.Write(writer =>
            {
                for (int i = 0; i < records; i += i is > 100 and < 2_400 ? 1 : 5)
                {
                    InterfaceCatalog.Remove(writer, $"n{i * 7919 % records}", force: true);
                }

                return 0;
            });
            each.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "last", VlanId = 1, InstanceId = "vm-9" }));
        }

        Assert.Equal(model.Read(reader => reader.ListInterfaces()).Select(StoreDescription.Of), store.Read(reader => reader.ListInterfaces()).Select(StoreDescription.Of));
        Assert.Equal(model.ReadSnapshot().Interfaces.Select(StoreDescription.Of), store.ReadSnapshot().Interfaces.Select(StoreDescription.Of));
    }

    [Fact]
    public void The_number_of_an_interface_and_of_a_rule_is_never_used_again()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        long last = store.Write(writer => InterfaceCatalog.Remove(writer, "web-2", force: true)).InterfaceId;
        Assert.True(store.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-2", VlanId = 1 })).InterfaceId > last);

        var request = new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound };
        long rule = store.Write(writer => SecurityGroupCatalog.AddRule(writer, request)).RuleId;
        store.Write(writer => SecurityGroupCatalog.RemoveRule(writer, rule));
        Assert.True(store.Write(writer => SecurityGroupCatalog.AddRule(writer, request)).RuleId > rule);
    }

    private static int FillWithInterfaces(IStoreWriter writer)
    {
        VlanCatalog.Create(writer, new MacVlan { VlanId = 1, ArpResponder = true, Ranges = [MacRange.Parse("02:00:5e:00:00:00/40")] });
        InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 1, IPAddress = ["10.0.0.11/24", "fd00::11/64"] });
        InterfaceCatalog.Create(writer, new InterfaceRequest
        {
            Name = "web-2",
            VlanId = 1,
            MacAddress = MacAddress.Parse("fe:ff:ff:ff:ff:ff"),
            IPAddress = ["255.255.255.254/1", "feff:ffff::ffff:1/1"],
            InstanceId = "vm-1",
            PortSecurity = false,
            DhcpGuard = false,
            RouterGuard = false,
            ArpRateLimit = 1_000_000,
            DhcpRateLimit = 999_999,
            RsRateLimit = 0,
            PermittedEtherType = ["0x88cc", "Llc"],
        });
        InterfaceCatalog.AddPair(writer, "web-1", "10.0.0.100", new MacAddress(0x0000_5E00_010A));
        InterfaceCatalog.AddPair(writer, "web-1", "10.0.0.100", macAddress: null);
        InterfaceCatalog.AddPair(writer, "web-1", "fd00::100", macAddress: null);
        InterfaceCatalog.AddPair(writer, "web-2", "128.0.0.1", new MacAddress(0x0000_5E00_010A));
        SecurityGroupCatalog.Create(writer, "web", "what serves", isStateless: true);
        SecurityGroupCatalog.Create(writer, "Clients");
        SecurityGroupCatalog.AddRule(writer, new RuleRequest
        {
            GroupName = "WEB",
            Direction = TrafficDirection.Inbound,
            Protocol = IpProtocol.Tcp,
            Port = [new PortRange(443, 443), new PortRange(80, 80), new PortRange(0, 79), new PortRange(65535, 65535)],
            RemoteGroup = "clients",
        });
        SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound, RemoteAddress = "10.0.0.0/24" });
        SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound, Protocol = new IpProtocol(0), RemoteAddress = "::/0" });
        SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "Clients", Direction = TrafficDirection.Inbound, RemoteGroup = "Clients" });
        SecurityGroupCatalog.AddMember(writer, "web", "web-1");
        SecurityGroupCatalog.AddMember(writer, "clients", "web-1");
        SecurityGroupCatalog.AddMember(writer, "clients", "web-2");
        return 0;
    }

    private static int UseInterfaces(IStoreObserver observer)
    {
        foreach (string enforcer in (string[])["e2", "e1", "e2"])
        {
            observer.UpsertInterfaceUse(new InterfaceUse
            {
                InterfaceId = observer.FindInterface("web-2")!.InterfaceId,
                EnforcerId = enforcer,
                HostName = "host-1",
                Process = "macseg/7",
                SeenAt = observer.Now,
            });
        }

        return 0;
    }
}
