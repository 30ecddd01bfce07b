using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

/// <summary>One change of the domain, drawn so that changes meet: three VLANs, 64 addresses, four instances, few orders.</summary>
/// <param name="Kind">Which change.</param>
/// <param name="Vlan">The VLAN.</param>
/// <param name="Slot">An address, an eighth of the addresses, or the number of a policy or a rule.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Order">A place in a list.</param>
/// <param name="Flag">Force, or whatever else is either so or not.</param>
internal sealed record RandomStep(int Kind, int Vlan, int Slot, int Instance, int Order, bool Flag)
{
    private const ulong Base = 0x0200_5E00_0000;
    private const int FirstOfInterfaces = 10;
    private const int FirstOfHandles = FirstOfInterfaces + RandomInterfaceStep.Kinds;
    private const int FirstOfPartitions = FirstOfHandles + RandomHandleStep.Kinds;
    private const int FirstOfSessions = FirstOfPartitions + RandomPartitionStep.Kinds;
    private const int FirstOfAdministration = FirstOfSessions + RandomSessionStep.Kinds;

    public static Gen<RandomStep> Any { get; } =
        from kind in Gen.Frequency(
            (2, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)), (6, Gen.Choose(3, 6)), (6, Gen.Choose(7, 9)),
            (14, Gen.Choose(FirstOfInterfaces, FirstOfHandles - 1)),
            (14, Gen.Choose(FirstOfHandles, FirstOfHandles + RandomHandleStep.Kinds - 1)),
            (14, Gen.Choose(FirstOfPartitions, FirstOfSessions - 1)),
            (10, Gen.Choose(FirstOfSessions, FirstOfSessions + RandomSessionStep.Kinds - 1)),
            (16, Gen.Choose(FirstOfAdministration, FirstOfAdministration + RandomAdministrationStep.Kinds - 1)))
        from vlan in Gen.Choose(1, 3)
        from slot in Gen.Choose(0, 63)
        from instance in Gen.Choose(0, 3)
        from order in Gen.Choose(0, 6)
        from flag in ArbMap.Default.GeneratorFor<bool>()
        select new RandomStep(kind, vlan, slot, instance, order, flag);

    public static string[] Instances { get; } = ["vm-1", "VM-1", "vm-2", "db"];

    public MacAddress Address => new(Base + (ulong)Slot);

    private MacRange Eighth => new(new MacAddress(Base + (ulong)(Slot / 8 * 8)), new MacAddress(Base + (ulong)(Slot / 8 * 8) + 7));

    private PolicyAction Action => (PolicyAction)(Order % 3);

    /// <summary>Makes the change; what comes of it in words, be it the error's id.</summary>
    public string Apply(IMacStore store, long newestPolicy)
    {
        try
        {
            return Kind == FirstOfInterfaces + RandomInterfaceStep.Use
                ? store.Observe(observer => RandomInterfaceStep.Observe(observer, this))
                : store.Write(writer => Apply(writer, newestPolicy - (Slot % 8)));
        }
        catch (MacSegmentationException error)
        {
            return error.ErrorId;
        }
    }

    private string Apply(IStoreWriter writer, long policyId) => Kind switch
    {
        0 => StoreDescription.Of(VlanCatalog.Create(writer, new MacVlan { VlanId = Vlan, Name = $"v{Order}", DefaultAction = Action, Ranges = [Eighth] })),
        1 => StoreDescription.Of(VlanCatalog.Change(writer, Vlan, Change())),
        2 => StoreDescription.Of(VlanCatalog.Remove(writer, Vlan, Flag)),
        3 => AddressPool.Allocate(writer, Vlan, Instances[Instance]).ToString(),
        4 => AddressPool.Allocate(writer, Vlan, Instances[Instance], Address, Flag).ToString(),
        5 => AddressPool.Release(writer, Address).ToString(),
        6 => string.Join(", ", AddressPool.ReleaseAll(writer, Instances[Instance], Flag ? Vlan : null)),
        7 => PolicyList.Add(writer, Vlan, Source(), Destination(), Action, Flag ? Order : null).ToString(),
        8 => PolicyList.Change(writer, policyId, new PolicyChange { Order = Flag ? Order : null, Action = Action, SourceAddress = Source() }).ToString(),
        9 => PolicyList.Remove(writer, policyId).ToString(),
        < FirstOfHandles => RandomInterfaceStep.Apply(writer, Kind - FirstOfInterfaces, this),
        < FirstOfPartitions => RandomHandleStep.Apply(writer, Kind - FirstOfHandles, this),
        < FirstOfSessions => RandomPartitionStep.Apply(writer, Kind - FirstOfPartitions, this),
        >= FirstOfAdministration => RandomAdministrationStep.Apply(writer, Kind - FirstOfAdministration, this, policyId),
        _ => RandomSessionStep.Apply(writer, Kind - FirstOfSessions, this),
    };

    private VlanChange Change() => Order switch
    {
        0 or 1 => new VlanChange { AddRanges = [Eighth] },
        2 or 3 => new VlanChange { RemoveRanges = [Flag ? Eighth : new MacRange(Address, Address)] },
        4 => new VlanChange { DefaultAction = (PolicyAction)(Slot % 3), ArpResponder = Flag, AdmitsOutOfPoolAddresses = Slot % 2 == 0 },
        5 => new VlanChange { ReuseDelay = TimeSpan.FromMinutes(Slot % 2) },
        _ => new VlanChange { Name = $"w{Slot}", RemoveRanges = [Eighth], AddRanges = [Eighth] },
    };

    private MacPattern Source() => Instance == 0 ? MacPattern.Unicast : new(Address, Flag ? 48 : 45);

    private MacPattern Destination() => Instance == 0 ? (Flag ? MacPattern.Any : MacPattern.Multicast) : Flag ? new(Address, new MacAddress(0xFF00_0000_0007)) : MacPattern.Exactly(Address);
}
