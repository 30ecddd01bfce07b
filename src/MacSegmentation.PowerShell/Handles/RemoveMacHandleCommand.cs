using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Handles;

/// <summary>Gives up the addresses of handles, on their owners' word.</summary>
[Cmdlet(VerbsCommon.Remove, "MacHandle", SupportsShouldProcess = true, DefaultParameterSetName = StoreSet)]
[OutputType(typeof(MacHandle))]
public sealed class RemoveMacHandleCommand : HandleServiceCmdlet<HandleEnd, MacHandle>
{
    /// <summary>The client or group to which the handle belongs; not given for that of anybody, as long as it is one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = StoreSet)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string? Client { get; set; }

    /// <summary>Writes the handle as it is now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Handle)
        {
            DeviceHandle handle;
            try
            {
                handle = DeviceHandle.Parse(text);
            }
            catch (MacSegmentationException error)
            {
                Write(error);
                continue;
            }

            var item = new HandleEnd(handle, InstanceId, Client);
            if (!ShouldProcess(item.InstanceId.Length > 0 ? $"Handle '{handle}' of instance '{item.InstanceId}'" : $"Handle '{handle}'", "Give up its address"))
            {
                continue;
            }

            if (ParameterSetName is ServiceSet)
            {
                Ask((service, token) => service.ReleaseAsync(item.Handle, item.InstanceId, token), released => WriteResult(item, released));
            }
            else
            {
                Collect(item);
            }
        }
    }

    private protected override MacHandle Change(IStoreWriter writer, HandleEnd item) => HandleRegistry.Release(writer, item.Handle, item.InstanceId, item.Party);

    private protected override void WriteResult(HandleEnd item, MacHandle result)
    {
        WriteVerbose($"The handle '{result.Handle}' gave up {result.MacAddress} in VLAN {result.VlanId}.");
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
