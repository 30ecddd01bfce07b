using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

/// <summary>Lists handles with the addresses that they have or had last.</summary>
[Cmdlet(VerbsCommon.Get, "MacHandle")]
[OutputType(typeof(MacHandle))]
public sealed class GetMacHandleCommand : StoreCmdlet
{
    /// <summary>Only these handles, with their clones; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HandleCompleter))]
    public string[]? Handle { get; set; }

    /// <summary>Only those of these VLANs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Only those that own one of these addresses; with a state, those that have or had it last.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(OwnedAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Only those of these instances; wildcards allowed.</summary>
    [Parameter]
    [Alias("VMName", "VMId")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string[]? InstanceId { get; set; }

    /// <summary>Only those whose address one of these providers gave out of a block of its own; wildcards allowed, empty for the shared store itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ProviderName]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string[]? Provider { get; set; }

    /// <summary>Only those that belong to one of these clients or groups; wildcards allowed, empty for those of nobody.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string[]? Client { get; set; }

    /// <summary>Only those in one of these states.</summary>
    [Parameter]
    [FormerValue("Recovered", nameof(HandleState.Revoked))]
    [Choice<HandleState>(IsList = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<HandleState>))]
    public HandleState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Handle is null && MacAddress is not null && State is null)
        {
            foreach (var address in MacAddress)
            {
                Read(store => FindOwner(store, address), Write);
            }

            return;
        }

        foreach (string? handle in Handle ?? [null!])
        {
            if (handle is null)
            {
                ListAll();
            }
            else
            {
                Read(store => List(store, handle), Write);
            }
        }
    }

    private static IReadOnlyList<MacHandle> FindOwner(IStoreReader store, MacAddress address) => store.FindHandleByAddress(address) is { } owner
        ? [owner]
        : throw new MacSegmentationException(
            "HandleNotFound", MacErrorKind.NotFound, $"No handle owns {address}. Look for those that had it last with -State Released, Revoked.", address);

    private static IReadOnlyList<MacHandle> List(IStoreReader store, string text)
    {
        // A URI may hold signs that are wildcards elsewhere: a text that is a known handle means that one.
        if (DeviceHandle.TryParse(text, provider: null, out var handle) && store.ListHandlesBetween(handle.Text, handle.Text, int.MaxValue) is { Count: > 0 } known)
        {
            return known;
        }

        return NameFilter.IsExact(text)
            ? [HandleRegistry.Get(store, DeviceHandle.Parse(text))]
            : [.. NameFilter.Select(store.ListHandles(), found => found.Handle, [text])];
    }

    private void ListAll()
    {
        var isWanted = Filter();
        Stream<MacHandle>(
            (store, last, count) =>
            {
                foreach (int vlanId in last is null ? VlanId ?? [] : [])
                {
                    VlanCatalog.Get(store, vlanId);
                }

                return store.ListHandlesAfter(last, count);
            },
            isWanted);
    }

    private void Write(IReadOnlyList<MacHandle> handles)
    {
        var isWanted = Filter();
        WriteObject(handles.Where(handle => isWanted(handle)), enumerateCollection: true);
    }

    private Predicate<MacHandle> Filter()
    {
        var isInstance = NameFilter.Match(InstanceId);
        var isProvider = NameFilter.Match(Provider);
        var isClient = NameFilter.Match(Client);
        return handle => (VlanId is null || VlanId.Contains(handle.VlanId))
            && (MacAddress is null || MacAddress.Contains(handle.MacAddress))
            && (State is null || State.Contains(handle.State))
            && isInstance(handle.InstanceId)
            && isClient(handle.Client)
            && isProvider(handle.Provider);
    }
}
