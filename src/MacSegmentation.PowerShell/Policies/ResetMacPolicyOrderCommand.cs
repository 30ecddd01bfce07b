using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>Gives the policies of VLANs new orders at equal distances, each VLAN in one transaction. Their sequence stays, so every frame is judged as before.</summary>
[Cmdlet(VerbsCommon.Reset, "MacPolicyOrder", SupportsShouldProcess = true)]
[OutputType(typeof(MacPolicy))]
public sealed class ResetMacPolicyOrderCommand : ChangeCmdlet
{
    /// <summary>The VLANs, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] VlanId { get; set; } = [];

    /// <summary>The order of the first policy.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int Start { get; set; } = 10;

    /// <summary>The distance from each policy to the next.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int Step { get; set; } = 10;

    /// <summary>Writes the policies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int vlanId in VlanId)
        {
            Read(store => VlanCatalog.Get(store, vlanId), vlan =>
            {
                if (ShouldProcess($"VLAN {vlan.VlanId}", $"Renumber the policies from {Start} in steps of {Step}"))
                {
                    Reset(vlan.VlanId);
                }
            });
        }
    }

    private void Reset(int vlanId)
    {
        try
        {
            var policies = Change((store, stopping) => store.WriteStoppable(
                writer =>
                {
                    SharedStore.Require(writer);
                    return PolicyList.ResetOrder(writer, vlanId, Start, Step);
                },
                stopping));
            if (PassThru)
            {
                WriteObject(policies, enumerateCollection: true);
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }
}
