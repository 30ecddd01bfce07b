using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;

namespace MacSegmentation.Handles;

/// <content>What is refused, and what is told.</content>
public static partial class HandleRegistry
{
    /// <summary>Checks what can be checked without a store.</summary>
    /// <param name="request">What the device asks for.</param>
    /// <exception cref="MacSegmentationException">InvalidHandle, PlaceholderHandle, InvalidInstanceId, InstanceRequired, InvalidRequestedAddress.</exception>
    public static void Validate(HandleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Handle.Text.Length == 0)
        {
            DeviceHandle.Parse(string.Empty);
        }

        PlaceholderHandle.Refuse(request.Handle);

        if (request.InstanceId.Length > 0)
        {
            AddressPool.ValidateInstanceId(request.InstanceId);
        }
        else if (request.Intent is not HandleIntent.None)
        {
            throw new MacSegmentationException(
                "InstanceRequired",
                MacErrorKind.InvalidArgument,
                $"The intent {request.Intent} is about an instance, and none is named. Name the instance that shows the handle, or leave the intent out.",
                request.Handle.Text);
        }

        if (request.RequestedAddress is { } wanted && (wanted.IsGroup || wanted.Value == 0))
        {
            throw new MacSegmentationException(
                "InvalidRequestedAddress",
                MacErrorKind.InvalidArgument,
                $"{wanted} is {(wanted.IsGroup ? "a group address" : "the address zero")}, which no station can have. Ask for an individual address, or leave the choice to the pool.",
                wanted);
        }
    }

    private static void RequireVlan(MacHandle record, HandleRequest request)
    {
        if (record.VlanId != request.VlanId)
        {
            throw InOtherVlan(record, request.VlanId);
        }
    }

    internal static MacSegmentationException InOtherVlan(MacHandle record, int vlanId) => new(
        "HandleInOtherVlan",
        MacErrorKind.InvalidOperation,
        $"The handle '{record.Handle}' has its address in another VLAN than {vlanId}. Ask there, or give the address up first; a device in two VLANs shows a handle for each.",
        record.Handle);

    private static MacSegmentationException Live(MacHandle record, HandleRequest request) => new(
        "HandleLive",
        MacErrorKind.InUse,
        $"The handle '{record.Handle}' is shown by '{request.InstanceId}', and another instance has it since {record.AssignedAt:u}. Say with the intent Replace that this one takes its place, or with Copy that it is a clone.",
        record.Handle);

    /// <summary>What became of the address that a handle had.</summary>
    private static string Notice(MacHandle before, bool isRestored, int vlanId, MacAddress now)
    {
        string revoked = before.State is HandleState.Revoked
            ? $"{before.MacAddress} was revoked by an administrator at {before.EndedAt:u}{(before.Reason.Length > 0 ? $": {before.Reason.TrimEnd('.')}" : string.Empty)}. "
            : string.Empty;
        return (isRestored, revoked.Length > 0) switch
        {
            (true, false) => string.Empty,
            (true, true) => $"{revoked}It is this handle's again.",
            _ => $"{revoked}{before.MacAddress} cannot be had again, because it went to another owner or is not given out here in VLAN {vlanId}; {now} is new.",
        };
    }
}
