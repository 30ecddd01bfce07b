using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Pools;

/// <summary>Reserves addresses of a VLAN's pool: they are neither given out nor counted as free.</summary>
[Cmdlet(VerbsCommon.Add, "MacReservation", SupportsShouldProcess = true)]
[OutputType(typeof(MacReservation))]
public sealed class AddMacReservationCommand : GroupCommitCmdlet<MacReservation, MadeReservation>
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The addresses: first-last, address/prefix length, or one address.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacRange>(IsList = true)]
    [ArgumentCompleter(typeof(VlanRangeCompleter))]
    public MacRange[] Range { get; set; } = [];

    /// <summary>What they are kept for.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Description { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var range in Range)
        {
            if (ShouldProcess($"VLAN {VlanId}", $"Reserve {range}"))
            {
                Collect(new MacReservation { VlanId = VlanId, Range = range, Description = Description ?? string.Empty });
            }
        }
    }

    private protected override MadeReservation Change(IStoreWriter writer, MacReservation item)
    {
        var made = ReservationList.Add(writer, item.VlanId, item.Range, item.Description);
        return new MadeReservation(made, writer.CountAllocations(made.VlanId, made.Range), writer.FindAllocationIn(made.Range));
    }

    private protected override void WriteResult(MacReservation item, MadeReservation result)
    {
        if (result.FirstAllocation is { } first)
        {
            WriteWarning($"Of {result.Reservation.Range}, {(result.Allocations == 1 ? "1 address is given out and stays so" : $"{result.Allocations} addresses are given out and stay so")}: {first.MacAddress} to '{first.InstanceId}'{(result.Allocations == 1 ? string.Empty : " and others")}. What comes back is reserved.");
        }

        WriteObject(result.Reservation);
    }
}
