using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Handles;

/// <summary>Gets the address of a device by its handle: the same one every time. Of a store, of a provider service, or by DHCPv6.</summary>
[Cmdlet(VerbsLifecycle.Request, "MacAddress", SupportsShouldProcess = true, DefaultParameterSetName = StoreSet)]
[OutputType(typeof(MacAssignment))]
public sealed partial class RequestMacAddressCommand : HandleServiceCmdlet<HandleRequest, MacAssignment>
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = StoreSet)]
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = ServiceSet)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The address that a new handle would like; none to leave the choice to the pool.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress", "MacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(NextAddressCompleter))]
    public MacAddress? RequestedAddress { get; set; }

    /// <summary>Takes another address of the pool where the requested one cannot be had.</summary>
    [Parameter(ParameterSetName = StoreSet)]
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter AllowSubstitute { get; set; }

    /// <summary>What it means if another instance has shown the handle before.</summary>
    [Parameter(ParameterSetName = StoreSet)]
    [Parameter(ParameterSetName = ServiceSet)]
    [Choice<HandleIntent>]
    public HandleIntent Intent { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string handle in Handle)
        {
            try
            {
                if (ParameterSetName is Dhcpv6Set)
                {
                    AskByDhcpv6(handle);
                    continue;
                }

                var request = new HandleRequest
                {
                    Handle = DeviceHandle.Parse(handle),
                    VlanId = VlanId,
                    RequestedAddress = RequestedAddress,
                    AllowSubstitute = AllowSubstitute,
                    InstanceId = InstanceId,
                    Intent = Intent,
                };
                HandleRegistry.Validate(request);
                Request(request);
            }
            catch (MacSegmentationException error)
            {
                Write(error);
            }
        }
    }

    private protected override MacAssignment Change(IStoreWriter writer, HandleRequest item) => HandleRegistry.Request(writer, item);

    private protected override void WriteResult(HandleRequest item, MacAssignment result)
    {
        WriteObject(result);
        if (result.Notice.Length > 0)
        {
            WriteWarning($"{result.Handle}: {result.Notice}");
        }
    }

    private void Request(HandleRequest request)
    {
        if (ParameterSetName is ServiceSet)
        {
            if (MayGive(request))
            {
                Ask((service, token) => service.RequestAsync(request, token), assignment => WriteResult(request, assignment));
            }

            return;
        }

        Read(store => HandleRegistry.Find(store, request), known =>
        {
            // A known handle is answered without a change, and what changes nothing needs no consent.
            if (known is not null && !IsCollecting)
            {
                WriteResult(request, known);
            }
            else if (known is not null || MayGive(request))
            {
                Collect(request);
            }
        });
    }

    private bool MayGive(HandleRequest request) => ShouldProcess(
        $"VLAN {request.VlanId}",
        request.RequestedAddress is { } wanted ? $"Give {wanted} to the handle '{request.Handle}'" : $"Give an address to the handle '{request.Handle}'");
}
