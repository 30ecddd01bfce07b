using System.Collections.Immutable;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;

namespace MacSegmentation.Forwarding;

/// <summary>
/// Where addresses are (IEEE 802.1Q-2022 section 8.8, the FDB): those of interface records as static entries, those that frames have shown as dynamic ones.
/// </summary>
/// <param name="ports">The ports.</param>
/// <param name="learned">The dynamic entries.</param>
internal sealed class FilteringDatabase(IReadOnlyList<SwitchPort> ports, ForwardingTable learned) : IPrepared
{
    private ImmutableArray<MacInterface> interfaces = [];

    /// <summary>The static entries.</summary>
    public AddressBook Records { get; private set; } = AddressBook.Empty;

    /// <summary>The dynamic entries.</summary>
    public ForwardingTable Learned { get; } = learned;

    /// <summary>All interface records, of the active tables.</summary>
    public ImmutableArray<MacInterface> Interfaces => interfaces;

    public Action? Prepare(EnforcerTables next)
    {
        if (!next.HasOtherRecords)
        {
            return null;
        }

        var records = next.Snapshot.Interfaces;
        var book = next.Changes is { } changes
            ? Records.With([.. changes.Where(change => change.ChangesAddresses || next.PortBefore(change.Before!) != next.PortOf(change.After!))], records, next.PortOf, next.PortBefore)
            : AddressBook.Compile(records, next.PortOf);
        return () =>
        {
            interfaces = records;
            Records = book;
        };
    }

    /// <summary>Where an address is, as part of a trace.</summary>
    public string Describe(int vlanId, ulong address, long now)
    {
        ulong key = AddressKey.Of(vlanId, address);
        var mac = new Addressing.MacAddress(address);
        int at = Learned.Lookup(key, now);
        if (Records.Find(key) is not { } places)
        {
            return at >= 0 ? $"{mac} was learned at {ports[at].DisplayName}." : $"{mac} is not known: to the uplinks.";
        }

        // As the lookup does: who may not hold it any more does not count.
        if ((places.IsShared || places.MayBeRemote) && at >= 0 && places.Include(ports[at]))
        {
            return $"{mac} is held by {ports[at].DisplayName}.";
        }

        string[] candidates = [.. places.Ports.Select(port => ports[port].DisplayName), .. places.MayBeRemote ? ["the uplinks"] : Array.Empty<string>()];
        return $"{mac} is an address of interface records: behind {string.Join(", ", candidates)}.";
    }
}
