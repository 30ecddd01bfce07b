using MacSegmentation.Addressing;
using MacSegmentation.Adoption;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Renaming;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Stores.Contract;

/// <summary>An administrator's changes among the random ones, drawn from the same numbers: policies with a life and their order, reservations, names, moves, adopted addresses.</summary>
internal static class RandomAdministrationStep
{
    public const int Kinds = 14;

    private static readonly string[] Names = ["web-1", "WEB-1", "web-2", "\u00e4-1", "db", "vm-1"];
    private static readonly string[] Groups = ["web", "Web", "clients", "\u00fc"];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step, long policyId)
    {
        string name = Names[step.Order % Names.Length];
        string instance = RandomStep.Instances[step.Instance];
        return kind switch
        {
            0 or 1 => PolicyList.Add(writer, Policy(writer, step), PlaceOf(step)).Policy.ToString(),
            2 => PolicyList.Change(writer, policyId, Change(writer, step)).ToString(),
            3 => string.Join("; ", PolicyList.Move(writer, step.Flag ? [policyId] : [policyId, policyId - 1], PlaceOf(step) ?? PolicyPlace.First)),
            4 => string.Join("; ", PolicyList.ResetOrder(writer, step.Vlan, step.Order, 1 + (step.Slot % 7))),
            5 or 6 => ReservationList.Add(writer, step.Vlan, Range(step), name).ToString(),
            7 => ReservationList.Change(writer, step.Vlan, Any(writer, step), name).ToString(),
            8 => ReservationList.Remove(writer, step.Vlan, Any(writer, step)).ToString(),
            9 => AddressPool.Allocate(writer, step.Vlan, instance, step.Address, evenIfHeldDown: step.Slot % 2 == 0, evenIfReserved: true).ToString(),
            10 => RecordRenaming.RenameInstance(writer, instance, step.Flag ? name : RandomStep.Instances[step.Order % RandomStep.Instances.Length]).ToString(),
            11 => StoreDescription.Of(RecordRenaming.RenameInterface(writer, name, Names[step.Slot % Names.Length])),
            12 => StoreDescription.Of(InterfaceCatalog.Move(writer, name, step.Vlan, step.Flag)),
            _ => step.Flag
                ? StoreDescription.Of(SecurityGroupCatalog.Change(writer, Groups[step.Instance], step.Slot % 3 == 0 ? null : Groups[step.Order % Groups.Length], step.Slot % 2 == 0 ? name : null))
                : AddressAdoption.Adopt(writer, new AdoptionRow(instance, step.Address.ToString(), step.Slot % 3 == 0 ? null : step.Vlan, step.Slot % 2 == 0 ? name : null)).ToString(),
        };
    }

    private static MacPolicy Policy(IStoreWriter writer, RandomStep step) => new()
    {
        VlanId = step.Vlan,
        Order = 0,
        SourceAddress = new MacPattern(step.Address, 44 + step.Instance),
        DestinationAddress = MacPattern.Any,
        Action = (PolicyAction)(step.Order % 3),
        Description = $"CHG-{step.Order}",
        Disabled = step.Slot % 4 == 0,
        ExpiresAt = step.Slot % 3 == 0 ? writer.Now.AddSeconds(1 + step.Slot).AddTicks(7) : null,
    };

    private static PolicyChange Change(IStoreWriter writer, RandomStep step) => (step.Slot % 5) switch
    {
        0 => new PolicyChange { Disabled = step.Flag },
        1 => new PolicyChange { ExpiresAt = writer.Now.AddSeconds(step.Slot) },
        2 => new PolicyChange { NeverExpires = true },
        3 => new PolicyChange { Description = step.Flag ? string.Empty : "an \u00e4nderung" },
        _ => new PolicyChange { ExpiresAt = writer.Now },
    };

    private static PolicyPlace? PlaceOf(RandomStep step) => (step.Slot % 6) switch
    {
        0 => null,
        1 => PolicyPlace.First,
        2 => PolicyPlace.Last,
        3 => PolicyPlace.Before(step.Order),
        4 => PolicyPlace.After(step.Order),
        _ => PolicyPlace.Before(step.Order * 10),
    };

    private static MacRange Range(RandomStep step) => new(step.Address, new MacAddress(step.Address.Value + (ulong)step.Order));

    private static MacRange Any(IStoreReader reader, RandomStep step) =>
        reader.ListReservations(step.Vlan) is { Count: > 0 } some ? some[step.Slot % some.Count].Range : Range(step);
}
