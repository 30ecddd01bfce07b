using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Enforcers;
using MacSegmentation.Stores;

namespace MacSegmentation.Finding;

/// <summary>Says who uses an address: its allocation, records, handle, block and policies, where it is seen, and what happened to it.</summary>
[Cmdlet(VerbsCommon.Find, "MacAddress")]
[OutputType(typeof(MacAddressUse))]
public sealed class FindMacAddressCommand : StoreCmdlet
{
    /// <summary>MAC addresses, IP addresses, or names of instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MacAddress", "StaticMacAddress", "LinkLayerAddress", "IPAddress", "InstanceId", "VMName", "VMId")]
    [AddressText]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FoundAddressCompleter))]
    public string[] Address { get; set; } = [];

    /// <summary>The newest so many events of each address's history, 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 10_000)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int Newest { get; set; } = 10;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Address)
        {
            Read(store => AddressFinder.Find(store, text.Trim(), Newest), uses =>
            {
                foreach (var use in uses)
                {
                    WriteObject(use with { Sighting = [.. use.Sighting, .. Sightings(use)] });
                }
            });
        }
    }

    /// <summary>What the switches of this session know of it.</summary>
    private IEnumerable<MacAddressSighting> Sightings(MacAddressUse use) => JobRepository.Jobs.OfType<MacPolicyEnforcerJob>()
        .OrderBy(job => job.Id)
        .SelectMany(job => job.RunningSwitch is { } bridge
            ? bridge.ListForwardingEntries().Where(entry => entry.MacAddress == use.MacAddress).Select(entry => new MacAddressSighting
            {
                Enforcer = job.Name,
                VlanId = entry.VlanId,
                Port = entry.Port,
                Interface = entry.Interface ?? string.Empty,
                SeenAt = entry.LastSeen,
            })
            : []);
}
