using System.Management.Automation;
using MacSegmentation.Adoption;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.Pools;

/// <summary>Takes in addresses that machines have already, as Hyper-V, SCVMM, VMware or a file lists them, and tells of each what came of it.</summary>
[Cmdlet(VerbsData.Import, "MacAllocation", SupportsShouldProcess = true)]
[OutputType(typeof(AdoptedAddress))]
public sealed class ImportMacAllocationCommand : GroupCommitCmdlet<AdoptionRow, AdoptedAddress>
{
    private readonly List<AdoptionRow> rehearsed = [];
    private readonly SortedDictionary<AdoptionOutcome, int> counts = [];

    /// <summary>The VLAN, 1 to 4094; none for the one in whose pool the address lies.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? VlanId { get; set; }

    /// <summary>The machine that has the address.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VM", "VM Name", "VirtualMachine", "VirtualMachineName", "Parent", "Instance", "Computer", "ComputerName", "Host")]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string? InstanceId { get; set; }

    /// <summary>The address in any notation.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress", "PhysicalAddress", "Physical Address", "EthernetAddress", "MAC Address", "MAC", "HardwareAddress", "LinkLayerAddress")]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? MacAddress { get; set; }

    /// <summary>With Interface: the machine's adapter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "Adapter", "NetworkAdapter", "Network Adapter", "NIC")]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? AdapterName { get; set; }

    /// <summary>Makes an interface record of each, called like the machine and its adapter: <c>VMName/AdapterName</c>.</summary>
    [Parameter]
    public SwitchParameter Interface { get; set; }

    /// <summary>Takes in also addresses that are reserved.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string instance = InstanceId ?? string.Empty;
        string? name = !Interface ? null : string.IsNullOrWhiteSpace(AdapterName) ? instance : $"{instance}/{AdapterName}";
        var row = new AdoptionRow(instance, MacAddress ?? string.Empty, VlanId, name);
        if (IsWhatIf)
        {
            rehearsed.Add(row);
        }
        else if (ShouldProcess(VlanId is { } vlanId ? $"VLAN {vlanId}" : "The VLAN of its pool", $"Take in {row.MacAddress} of '{instance}'"))
        {
            Collect(row);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (rehearsed.Count > 0)
        {
            Rehearse();
        }

        base.EndProcessing();
        string summary = string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));
        if (counts.Keys.Any(outcome => outcome is not (AdoptionOutcome.Imported or AdoptionOutcome.Existing)))
        {
            WriteWarning($"Not all was taken in: {summary}.");
        }
        else if (counts.Count > 0)
        {
            WriteVerbose($"{summary}.");
        }
    }

    private protected override AdoptedAddress Change(IStoreWriter writer, AdoptionRow item) => AddressAdoption.Adopt(writer, item, Force);

    private protected override void WriteResult(AdoptionRow item, AdoptedAddress result)
    {
        counts[result.Outcome] = counts.GetValueOrDefault(result.Outcome) + 1;
        if (result.Outcome is AdoptionOutcome.Skipped)
        {
            WriteWarning($"'{result.InstanceId}' is left out. {result.Detail}");
            return;
        }

        WriteObject(result);
    }

    /// <summary>All rows at once, so that those are seen that clash with each other.</summary>
    private void Rehearse()
    {
        var outcomes = Required(() => Change((store, stopping) => store.Rehearse(
            writer =>
            {
                SharedStore.Require(writer);
                return writer.ChangeEach(
                    rehearsed,
                    (transaction, row) =>
                    {
                        stopping.ThrowIfCancellationRequested();
                        return AddressAdoption.Adopt(transaction, row, Force);
                    });
            },
            stopping)));
        ShouldProcess(Store.Info.Path, $"Take in {outcomes.Count(outcome => outcome.Result?.Outcome is AdoptionOutcome.Imported)} of {outcomes.Count} addresses");
        foreach (var outcome in outcomes)
        {
            if (outcome.Error is { } error)
            {
                WriteError(error.ToRecord());
            }
            else
            {
                WriteResult(outcome.Item, outcome.Result!);
            }
        }
    }
}
