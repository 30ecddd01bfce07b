using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Vlans;

/// <summary>Creates a VLAN with its pool of addresses. The call <c>create_vlan</c>.</summary>
[Cmdlet(VerbsCommon.New, "MacVlan", SupportsShouldProcess = true, DefaultParameterSetName = RangeSet)]
[OutputType(typeof(MacVlan))]
public sealed class NewMacVlanCommand : GroupCommitCmdlet<MacVlan, MacVlan>
{
    private const string RangeSet = "Range";
    private const string EndsSet = "Ends";

    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int VlanId { get; set; }

    /// <summary>The pool's ranges: first-last, address/length or one address.</summary>
    [Parameter(ParameterSetName = RangeSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Ranges")]
    [Parsed<MacRange>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public MacRange[]? Range { get; set; }

    /// <summary>The pool's lowest address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EndsSet, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public MacAddress RangeStart { get; set; }

    /// <summary>The pool's highest address; the same as the lowest for a pool of one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EndsSet, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public MacAddress RangeEnd { get; set; }

    /// <summary>A name for people.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>What happens to a frame that no policy matches.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PolicyAction>(EmptyIsNone = true)]
    public PolicyAction? DefaultAction { get; set; }

    /// <summary>How long a released address is held down before it may be given out again.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? ReuseDelay { get; set; }

    /// <summary>Has switches answer ARP requests and neighbour solicitations for the VLAN's interface records.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter ArpResponder { get; set; }

    /// <summary>Admits handles that ask for an address which lies in no pool.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AdmitsOutOfPoolAddresses", "ForeignAddress", "AdmitsForeignAddresses")]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter OutOfPoolAddress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"VLAN {VlanId}", "Create"))
        {
            return;
        }

        try
        {
            Collect(new MacVlan
            {
                VlanId = VlanId,
                Name = Name ?? string.Empty,
                Ranges = ParameterSetName is EndsSet ? [PoolRange.Create(RangeStart, RangeEnd)] : Range ?? [],
                DefaultAction = DefaultAction ?? PolicyAction.Allow,
                ReuseDelay = ReuseDelay ?? TimeSpan.Zero,
                ArpResponder = ArpResponder,
                AdmitsOutOfPoolAddresses = OutOfPoolAddress,
            });
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private protected override MacVlan Change(IStoreWriter writer, MacVlan item) => VlanCatalog.Create(writer, item);

    private protected override void WriteResult(MacVlan item, MacVlan result)
    {
        WriteVerbose($"Created VLAN {result.VlanId} with {(result.Ranges.Count == 0 ? "no range" : string.Join(", ", result.Ranges))}.");
        foreach (string warning in ReservedAddresses.Warnings(result.VlanId, result.Ranges))
        {
            WriteWarning(warning);
        }

        WriteObject(result);
    }
}
