using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Adoption;

public sealed class AddressAdoptionTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public AddressAdoptionTests()
    {
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("00:15:5d:00:10:00/40")], ReuseDelay = TimeSpan.FromDays(1) }));
        store.Write(w => ReservationList.Add(w, 10, MacRange.Parse("00:15:5d:00:10:f0/44"), "switches"));
    }

    [Theory]
    [InlineData("vm-1", "00155D001001", 10, AdoptionOutcome.Imported)]
    [InlineData("vm-1", " 00-15-5d-00-10-01 ", null, AdoptionOutcome.Imported)]
    [InlineData("vm-1", "0015.5d00.1001", 10, AdoptionOutcome.Imported)]
    [InlineData("vm-1", "00:15:5d:00:20:01", 10, AdoptionOutcome.OutOfRange)]
    [InlineData("vm-1", "00:15:5d:00:20:01", null, AdoptionOutcome.OutOfRange)]
    [InlineData("vm-1", "00:15:5d:00:10:f1", 10, AdoptionOutcome.Clash)]
    [InlineData("vm-1", "000000000000", 10, AdoptionOutcome.Skipped)]
    [InlineData("vm-1", "", 10, AdoptionOutcome.Invalid)]
    [InlineData("vm-1", "unknown", 10, AdoptionOutcome.Invalid)]
    [InlineData("", "00:15:5d:00:10:01", 10, AdoptionOutcome.Invalid)]
    public void Each_row_comes_to_something(string instance, string address, int? vlanId, AdoptionOutcome outcome)
    {
        foreach (string? name in (string?[])[null, "vm-1/nic"])
        {
            var adopted = store.Rehearse(w => AddressAdoption.Adopt(w, new AdoptionRow(instance, address, vlanId, name)), CancellationToken.None);
            Assert.Equal(outcome, adopted.Outcome);
            Assert.Equal(outcome is AdoptionOutcome.Imported, adopted.Detail.Length == 0);
        }

        Assert.Empty(store.Read(r => r.ListAllocations()));
    }

    [Fact]
    public void What_is_there_already_is_and_what_another_has_clashes()
    {
        Assert.Equal(AdoptionOutcome.Imported, Adopt("vm-1", "00155D001001").Outcome);
        Assert.Equal(AdoptionOutcome.Existing, Adopt("VM-1", "00155D001001").Outcome);
        var clash = Adopt("vm-2", "00155D001001");
        Assert.Equal(AdoptionOutcome.Clash, clash.Outcome);
        Assert.Contains("allocated to 'vm-1'", clash.Detail, StringComparison.Ordinal);
        Assert.Equal(AdoptionOutcome.Imported, Adopt("vm-1", "00155D001001", "vm-1/a").Outcome);
        Assert.Equal(AdoptionOutcome.Existing, Adopt("vm-1", "00155D001001", "vm-1/a").Outcome);
        Assert.Equal(AdoptionOutcome.Clash, Adopt("vm-1", "00155D001002", "vm-1/a").Outcome);
        Assert.Equal("vm-1", store.Read(r => InterfaceCatalog.Get(r, "vm-1/a")).InstanceId);

        // A machine has it: that it was released a moment ago does not matter.
        store.Write(w => AddressPool.Allocate(w, 10, "gone", MacAddress.Parse("00155D001009")));
        store.Write(w => AddressPool.Release(w, MacAddress.Parse("00155D001009")));
        Assert.Equal(AdoptionOutcome.Imported, Adopt("vm-9", "00155D001009").Outcome);
        Assert.Equal(AdoptionOutcome.Imported, store.Write(w => AddressAdoption.Adopt(w, new AdoptionRow("sw", "00155D0010F1", 10), evenIfReserved: true)).Outcome);
    }

    private AdoptedAddress Adopt(string instance, string address, string? name = null) => store.Write(w => AddressAdoption.Adopt(w, new AdoptionRow(instance, address, 10, name)));
}
