using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Lists reserved addresses.</summary>
[Cmdlet(VerbsCommon.Get, "MacReservation")]
[OutputType(typeof(MacReservation))]
public sealed class GetMacReservationCommand : StoreCmdlet
{
    /// <summary>Only those of these VLANs.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Only those that share an address with one of these ranges.</summary>
    [Parameter(Position = 1)]
    [Parsed<MacRange>(IsList = true)]
    [ArgumentCompleter(typeof(ReservationCompleter))]
    public MacRange[]? Range { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
        {
            Read(
                store => store.ListReservations(vlanId is { } id ? VlanCatalog.Get(store, id).VlanId : null),
                found =>
                {
                    foreach (var reservation in found.Where(reservation => Range is null || Range.Any(range => range.Overlaps(reservation.Range))))
                    {
                        WriteObject(reservation);
                    }
                });
        }
    }
}
