using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Adoption;

/// <summary>
/// Takes in addresses that machines have already, by the same rules that give addresses out. What cannot be taken in is an outcome and not an error: who brings a hundred thousand rows
/// wants to know of each what came of it, and of all the rest too.
/// </summary>
public static class AddressAdoption
{
    private static readonly string[] Outside = ["AddressNotInPool"];
    private static readonly string[] Wrong = ["InvalidInstanceId", "InvalidInterfaceName", "InterfaceNameReserved", "GroupAddressNotAllowed", "ZeroAddressNotAllowed"];

    /// <summary>Takes in the address of one row.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="row">The row.</param>
    /// <param name="evenIfReserved">True to take in also what is reserved.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId, VlanNotFound: the row names a VLAN that there is not.</exception>
    public static AdoptedAddress Adopt(IStoreWriter store, AdoptionRow row, bool evenIfReserved = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(row);
        var none = new AdoptedAddress { InstanceId = row.InstanceId, Outcome = AdoptionOutcome.Invalid, MacAddressText = row.MacAddress };
        if (!MacAddress.TryParse(row.MacAddress.AsSpan().Trim(), CultureInfo.InvariantCulture, out var address))
        {
            return none with { Detail = row.MacAddress.Length == 0 ? "No address is given." : $"'{row.MacAddress}' is not a MAC address." };
        }

        if (address == default)
        {
            return none with { Outcome = AdoptionOutcome.Skipped, MacAddress = address, Detail = "All zeros: the machine has no address yet. It gets one when it is started, or with New-MacAllocation." };
        }

        var read = none with { MacAddress = address, InterfaceName = row.InterfaceName };
        var alone = new MacRange(address, address);
        if (row.VlanId is { } given)
        {
            VlanCatalog.Get(store, given);
        }

        if ((row.VlanId ?? store.FindOverlap(alone)?.VlanId) is not { } vlanId)
        {
            return read with { Outcome = AdoptionOutcome.OutOfRange, Detail = $"{address} lies in no VLAN's pool. Give the VLAN, and extend its pool with Set-MacVlan -AddRange." };
        }

        read = read with { VlanId = vlanId };
        try
        {
            return Take(store, row, read, address, vlanId, evenIfReserved);
        }
        catch (MacSegmentationException refusal) when (!refusal.EndsTransaction)
        {
            var outcome = Outside.Contains(refusal.ErrorId, StringComparer.Ordinal) ? AdoptionOutcome.OutOfRange
                : Wrong.Contains(refusal.ErrorId, StringComparer.Ordinal) ? AdoptionOutcome.Invalid
                : AdoptionOutcome.Clash;
            return read with { Outcome = outcome, Detail = refusal.Message };
        }
    }

    private static AdoptedAddress Take(IStoreWriter store, AdoptionRow row, AdoptedAddress read, MacAddress address, int vlanId, bool evenIfReserved)
    {
        bool isAllocated = store.FindAllocation(address) is { } held && held.VlanId == vlanId && AddressPool.IsOf(held, row.InstanceId);
        if (row.InterfaceName is not { } name)
        {
            if (!isAllocated)
            {
                AddressPool.Allocate(store, vlanId, row.InstanceId, address, evenIfHeldDown: true, evenIfReserved);
            }

            return read with { Outcome = isAllocated ? AdoptionOutcome.Existing : AdoptionOutcome.Imported };
        }

        if (store.FindInterface(name) is { } existing && existing.MacAddress == address && existing.VlanId == vlanId)
        {
            return read with { Outcome = AdoptionOutcome.Existing };
        }

        // A record may have an address of no pool; what is taken in here is of one.
        if (store.FindOverlap(new MacRange(address, address))?.VlanId != vlanId)
        {
            return read with { Outcome = AdoptionOutcome.OutOfRange, Detail = $"{address} is not in the pool of VLAN {vlanId}. Extend it with Set-MacVlan -AddRange, or give the address's own VLAN." };
        }

        if (!isAllocated && !evenIfReserved && store.FindReservation(new MacRange(address, address)) is { } reservation)
        {
            return read with { Outcome = AdoptionOutcome.Clash, Detail = $"{address} is reserved: {reservation}. Take it in all the same with -Force." };
        }

        InterfaceCatalog.Create(store, new InterfaceRequest { Name = name, VlanId = vlanId, MacAddress = address, InstanceId = row.InstanceId }, evenIfHeldDown: true);
        return read with { Outcome = AdoptionOutcome.Imported };
    }
}
