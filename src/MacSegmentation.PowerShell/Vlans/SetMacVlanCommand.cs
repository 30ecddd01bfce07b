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
public sealed class SetMacVlanCommand : GroupCommitCmdlet<int, MacVlan>
{
    private VlanChange change = new();

    /// <summary>The VLANs, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] VlanId { get; set; } = [];

    /// <summary>The new name; empty for none.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Name { get; set; }

    /// <summary>What happens from now on to a frame that no policy matches.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChoiceCompleter<PolicyAction>))]
    public PolicyAction? DefaultAction { get; set; }

    /// <summary>Ranges to add to the pool.</summary>
    [Parameter]
    [Parsed<MacRange>]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public MacRange[] AddRange { get; set; } = [];

    /// <summary>Ranges to take out of the pool; none of their addresses may be allocated.</summary>
    [Parameter]
    [Parsed<MacRange>]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VlanRangeCompleter))]
    public MacRange[] RemoveRange { get; set; } = [];

    /// <summary>How long a released address is held down before it may be given out again.</summary>
    [Parameter]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? ReuseDelay { get; set; }

    /// <summary>Whether switches answer ARP requests and neighbour solicitations for the VLAN's interface records from now on.</summary>
    [Parameter]
    [OnOff]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? ArpResponder { get; set; }

    /// <summary>Whether handles may ask from now on for an address that lies in no pool.</summary>
    [Parameter]
    [Alias("ForeignAddress")]
    [OnOff]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? OutOfPoolAddress { get; set; }

    /// <summary>Writes the changed VLAN.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => change = new VlanChange
    {
        Name = Name,
        DefaultAction = DefaultAction,
        ReuseDelay = ReuseDelay,
        ArpResponder = ArpResponder,
        AdmitsOutOfPoolAddresses = OutOfPoolAddress,
        AddRanges = AddRange,
        RemoveRanges = RemoveRange,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int vlanId in VlanId)
        {
            if (MayChange($"VLAN {vlanId}", store => VlanCatalog.Get(store, vlanId), Describe))
            {
                Collect(vlanId);
            }
        }
    }

    private string Describe(MacVlan vlan) => Differences.Describe(
        ("Name", vlan.Name, Name),
        ("DefaultAction", vlan.DefaultAction, DefaultAction),
        ("ReuseDelay", vlan.ReuseDelay, ReuseDelay),
        ("ArpResponder", vlan.ArpResponder, ArpResponder),
        ("OutOfPoolAddress", vlan.AdmitsOutOfPoolAddresses, OutOfPoolAddress),
        ("Ranges", vlan.Ranges, AddRange.Length + RemoveRange.Length > 0 ? MacRangeSet.Join([.. MacRangeSet.Subtract(vlan.Ranges, RemoveRange), .. AddRange]) : null));

    private protected override MacVlan Change(IStoreWriter writer, int item) => VlanCatalog.Change(writer, item, change);

    private protected override void WriteResult(int item, MacVlan result)
    {
        WriteVerbose($"Changed VLAN {item}.");
        foreach (string warning in ReservedAddresses.Warnings(item, AddRange))
        {
            WriteWarning(warning);
        }

        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
