using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Vlans;

/// <summary>Changes a VLAN's name, ranges, default action, reuse delay, ARP responder or whether it admits out-of-pool addresses.</summary>
[Cmdlet(VerbsCommon.Set, "MacVlan", SupportsShouldProcess = true)]
[OutputType(typeof(MacVlan))]
public sealed class SetMacVlanCommand : GroupCommitCmdlet<WantedVlan, MacVlan>
{
    private static readonly MacRange[] NoRanges = [];

    private bool isNameGiven;

    /// <summary>The VLANs, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber(IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] VlanId { get; set; } = [];

    /// <summary>The new name; empty for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Name { get; set; }

    /// <summary>What happens from now on to a frame that no policy matches.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PolicyAction>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<PolicyAction>))]
    public PolicyAction? DefaultAction { get; set; }

    /// <summary>Ranges to add to the pool.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacRange>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public MacRange[]? AddRange { get; set; }

    /// <summary>Ranges to take out of the pool; none of their addresses may be allocated.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacRange>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanRangeCompleter))]
    public MacRange[]? RemoveRange { get; set; }

    /// <summary>How long a released address is held down before it may be given out again.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Seconds(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? ReuseDelay { get; set; }

    /// <summary>Whether switches answer ARP requests and neighbour solicitations for the VLAN's interface records from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? ArpResponder { get; set; }

    /// <summary>Whether handles may ask from now on for an address that lies in no pool.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ForeignAddress", "AdmitsForeignAddresses", "AdmitsOutOfPoolAddresses")]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? OutOfPoolAddress { get; set; }

    /// <summary>Writes the changed VLAN.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => isNameGiven = Name is not null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An empty cell is a name that is not given; an empty name on the command line is none.
        string? name = isNameGiven || !string.IsNullOrEmpty(Name) ? Name : null;
        var change = new VlanChange
        {
            Name = name,
            DefaultAction = DefaultAction,
            ReuseDelay = ReuseDelay,
            ArpResponder = ArpResponder,
            AdmitsOutOfPoolAddresses = OutOfPoolAddress,
            AddRanges = AddRange ?? NoRanges,
            RemoveRanges = RemoveRange ?? NoRanges,
        };
        var wanted = new WantedValues<MacVlan>(
            new(nameof(Name), vlan => vlan.Name, name),
            new(nameof(DefaultAction), vlan => vlan.DefaultAction, DefaultAction),
            new(nameof(ReuseDelay), vlan => vlan.ReuseDelay, ReuseDelay),
            new(nameof(ArpResponder), vlan => vlan.ArpResponder, ArpResponder),
            new(nameof(OutOfPoolAddress), vlan => vlan.AdmitsOutOfPoolAddresses, OutOfPoolAddress),
            new($"{nameof(AddRange)}, {nameof(RemoveRange)}", vlan => vlan.Ranges, (object?)AddRange ?? RemoveRange)
            {
                Shown = nameof(MacVlan.Ranges),
                After = vlan => MacRangeSet.Join([.. MacRangeSet.Subtract(vlan.Ranges, change.RemoveRanges), .. change.AddRanges]),
            });
        foreach (int vlanId in VlanId)
        {
            if (MayChange($"VLAN {vlanId}", vlanId, wanted, store => VlanCatalog.Get(store, vlanId)))
            {
                Collect(new WantedVlan(vlanId, change));
            }
        }
    }

    private protected override MacVlan Change(IStoreWriter writer, WantedVlan item) => VlanCatalog.Change(writer, item.VlanId, item.Change);

    private protected override void WriteResult(WantedVlan item, MacVlan result)
    {
        WriteVerbose($"Changed VLAN {item.VlanId}.");
        foreach (string warning in ReservedAddresses.Warnings(item.VlanId, item.Change.AddRanges))
        {
            WriteWarning(warning);
        }

        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
