using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Says what an enforcer would do with a frame, by which policy, and why; by the enforcer's own table.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MacPolicy")]
[OutputType(typeof(MacPolicyTest))]
public sealed class TestMacPolicyCommand : StoreCmdlet
{
    private DecisionTable? table;

    /// <summary>The frame's VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The frame's source address.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("MacAddress", "Source")]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress SourceAddress { get; set; }

    /// <summary>The frame's destination addresses.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Destination")]
    [Parsed<MacAddress>(IsList = true)]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress[] DestinationAddress { get; set; } = [];

    /// <summary>What the enforcer does with frames of VLANs that are not in the store.</summary>
    [Parameter]
    [Choice<PolicyAction>]
    public PolicyAction UnknownVlan { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var store = Store;
        table ??= Required(() => Await(() => DecisionTableCache.Of(store).Get(store, UnknownVlan), "Compiling the policies"));
        WriteVerbose($"Asking {table.Policies.Length} policies of revision {table.Revision}.");
        try
        {
            foreach (var destination in DestinationAddress)
            {
                WriteObject(MacPolicyTest.Run(table, VlanId, SourceAddress, destination));
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }
}
