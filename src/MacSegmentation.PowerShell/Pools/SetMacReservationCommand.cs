using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Pools;

/// <summary>Changes what reserved addresses are kept for.</summary>
[Cmdlet(VerbsCommon.Set, "MacReservation", SupportsShouldProcess = true)]
[OutputType(typeof(MacReservation))]
public sealed class SetMacReservationCommand : GroupCommitCmdlet<MacReservation, MacReservation>
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

    /// <summary>What they are kept for from now on; empty for nothing.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Description { get; set; } = string.Empty;

    /// <summary>Writes the changed reservation.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var wanted = new WantedValues<MacReservation>(new WantedValue<MacReservation>(nameof(Description), reservation => reservation.Description, Description));
        foreach (var range in Range)
        {
            if (MayChange($"Reservation {range} of VLAN {VlanId}", range, wanted, store => ReservationList.Get(store, VlanId, range)))
            {
                Collect(new MacReservation { VlanId = VlanId, Range = range, Description = Description });
            }
        }
    }

    private protected override MacReservation Change(IStoreWriter writer, MacReservation item) => ReservationList.Change(writer, item.VlanId, item.Range, item.Description);

    private protected override void WriteResult(MacReservation item, MacReservation result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
