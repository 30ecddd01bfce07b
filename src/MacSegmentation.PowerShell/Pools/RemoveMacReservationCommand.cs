using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Pools;

/// <summary>Takes reservations back: their addresses are the pool's again.</summary>
[Cmdlet(VerbsCommon.Remove, "MacReservation", SupportsShouldProcess = true)]
[OutputType(typeof(MacReservation))]
public sealed class RemoveMacReservationCommand : RemovalCmdlet<MacReservation, MacReservation>
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The reservations, each by exactly its addresses.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacRange>(IsList = true)]
    [ArgumentCompleter(typeof(ReservationCompleter))]
    public MacRange[] Range { get; set; } = [];

    private protected override string Action => "Give its addresses back to the pool";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(Range.Select(range => new MacReservation { VlanId = VlanId, Range = range }));

    private protected override MacReservation GetRemovable(IStoreReader store, MacReservation key) => ReservationList.Get(store, key.VlanId, key.Range);

    private protected override string Describe(MacReservation record) => $"Reservation {record} of VLAN {record.VlanId}";

    private protected override MacReservation Change(IStoreWriter writer, MacReservation item) => ReservationList.Remove(writer, item.VlanId, item.Range);
}
