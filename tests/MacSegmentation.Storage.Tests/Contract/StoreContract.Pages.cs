using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    private const int Records = 100;

    [Fact]
    public void Pages_one_after_the_other_are_the_whole_list()
    {
        var store = Open();
        store.Write(FillPages);
        store.Read(reader =>
        {
            foreach (int? vlanId in (int?[])[null, 10, 20])
            {
                Assert.Equal(
                    reader.ListAllocations(vlanId),
                    Pages<MacAllocation>((last, count) => reader.ListAllocationsIn(new MacRange(new MacAddress((last?.MacAddress.Value ?? 0) + 1), MacAddress.Broadcast), vlanId, count)));
                Assert.Equal(
                    reader.ListInterfaces(vlanId).Select(record => record.Name),
                    Pages<MacInterface>((last, count) => reader.ListInterfacesAfter(last?.Name ?? string.Empty, vlanId, count)).Select(record => record.Name));
            }

            Assert.Equal(reader.ListPolicies(10), Pages<MacPolicy>((last, count) => reader.ListPoliciesAfter(10, last?.Order ?? 0, count)));
            Assert.Equal(reader.ListPolicies().OrderBy(policy => policy.PolicyId), Pages<MacPolicy>((last, count) => reader.ListPoliciesById(last?.PolicyId ?? 0, count)));
            Assert.Equal(reader.ListHandles(), Pages<MacHandle>(reader.ListHandlesAfter));
            Assert.Equal(
                reader.ListAuditEvents(new AuditQuery { VlanId = 10 }),
                Pages<MacAuditEvent>((last, count) => reader.ListAuditEvents(new AuditQuery { VlanId = 10, After = last?.AuditId ?? 0, Oldest = count })));
            Assert.Equal(reader.ListAuditEvents(new AuditQuery()).Where(entry => entry.AuditId > 7).CountBy(entry => entry.Action).ToDictionary(kind => kind.Key, kind => (long)kind.Value), reader.CountAuditEvents(7));
            return 0;
        });
    }

    [Fact]
    public void What_begins_as_typed_is_found_in_any_case_and_no_more_than_asked_for()
    {
        var store = Open();
        store.Write(FillPages);
        store.Read(reader =>
        {
            Assert.Equal(
                reader.ListAllocations().Where(allocation => allocation.InstanceId.StartsWith("vm-1", StringComparison.OrdinalIgnoreCase))
                    .OrderBy(allocation => allocation.InstanceId, StringComparer.OrdinalIgnoreCase).ThenBy(allocation => allocation.MacAddress).Take(5),
                reader.ListAllocationsOf("Vm-1", 5));
            Assert.Equal(["web-1", "Web-10", "web-100"], reader.ListInterfacesNamed("WEB-1", 3).Select(record => record.Name));
            Assert.All(reader.ListInterfacesOf("HOST-2", 3), record => Assert.StartsWith("host-2", record.InstanceId, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(3, reader.ListInterfacesOf("HOST-2", 3).Count);
            var range = MacRange.Parse("02:00:00:00:00:05-02:00:00:00:00:2f");
            Assert.All(reader.ListInterfacesIn(range, 10), record => Assert.True(range.Contains(record.MacAddress)));
            Assert.Equal(2, reader.ListInterfacesIn(range, 2).Count);
            Assert.Equal(
                ["10.0.0.20", "10.0.0.21"],
                reader.ListInterfacesFixedBetween(IPAddress.Parse("10.0.0.20"), IPAddress.Parse("10.0.0.29"), 2).Select(record => $"{record.IPAddress[0].Address}"));
            Assert.Equal(["10.0.0.201"], reader.ListAddressPairsBetween(IPAddress.Parse("10.0.0.200"), IPAddress.Parse("10.0.0.255"), 1).Select(pair => $"{pair.IPAddress}"));
            Assert.Equal(["Clients"], reader.ListSecurityGroupNames("CLI", 5));
            Assert.Empty(reader.ListInterfacesNamed("zzz", 3));
            return 0;
        });
    }

    private static List<T> Pages<T>(Func<T?, int, IReadOnlyList<T>> page)
        where T : class
    {
        var all = new List<T>();
        while (page(all.LastOrDefault(), 7) is { Count: > 0 } next)
        {
            Assert.InRange(next.Count, 1, 7);
            all.AddRange(next);
        }

        return all;
    }

    private static int FillPages(IStoreWriter writer)
    {
        VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/32")] });
        VlanCatalog.Create(writer, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("02:00:01:00:00:00/32")] });
        SecurityGroupCatalog.Create(writer, "Clients");
        SecurityGroupCatalog.Create(writer, "web");
        for (int i = 1; i <= Records; i++)
        {
            int vlanId = i % 2 == 0 ? 10 : 20;
            AddressPool.Allocate(writer, vlanId, $"{(i % 3 == 0 ? "VM" : "vm")}-{i}");
            InterfaceCatalog.Create(writer, new InterfaceRequest { Name = $"{(i == 10 ? "Web" : "web")}-{i}", VlanId = vlanId, IPAddress = [$"10.0.0.{i}/24"], InstanceId = $"Host-{i % 5}" });
            PolicyList.Add(writer, vlanId, MacPattern.Exactly(new MacAddress(0x0200_0000_0000 + (ulong)i)), MacPattern.Any, PolicyAction.Deny, order: null);
            HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse($"urn:x:{i % 60}"), VlanId = vlanId, InstanceId = $"vm-{i}", Intent = i > 60 ? HandleIntent.Copy : HandleIntent.None });
        }

        InterfaceCatalog.AddPair(writer, "web-1", "10.0.0.201", macAddress: null);
        InterfaceCatalog.AddPair(writer, "web-2", "10.0.0.202", macAddress: null);
        return 0;
    }
}
