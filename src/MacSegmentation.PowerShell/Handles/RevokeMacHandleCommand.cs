using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.Handles;

/// <summary>Revokes the addresses of handles, on an administrator's word.</summary>
[Cmdlet(VerbsSecurity.Revoke, "MacHandle", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacHandle))]
public sealed class RevokeMacHandleCommand : HandleCmdlet<HandleEnd, MacHandle>
{
    /// <summary>How long the address is held down before anyone else gets it; a number is one of seconds.</summary>
    [Parameter]
    [Alias("RestTime")]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan HoldDownTime { get; set; } = HandleRegistry.UsualHoldDown;

    /// <summary>The client or group to which the handle belongs; not given for that of anybody, as long as it is one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProviderClientNameCompleter))]
    public string? Client { get; set; }

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the handle as it is now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Handle)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(
                store =>
                {
                    SharedStore.Require(store);
                    return HandleRegistry.GetHeld(store, DeviceHandle.Parse(text), InstanceId, Client is null ? null : HandleParty.Of(Client));
                },
                held =>
                {
                    string whose = held.InstanceId.Length > 0 ? $"'{held.Handle}' of instance '{held.InstanceId}'" : $"'{held.Handle}'";
                    if (MayDestroy($"Handle {whose} in VLAN {held.VlanId}", $"Revoke its address {held.MacAddress}", Force))
                    {
                        Collect(new HandleEnd(DeviceHandle.Parse(text), InstanceId, Client));
                    }
                });
        }
    }

    private protected override MacHandle Change(IStoreWriter writer, HandleEnd item) => HandleRegistry.Revoke(writer, item.Handle, Reason ?? string.Empty, HoldDownTime, item.InstanceId, item.Party);

    private protected override void WriteResult(HandleEnd item, MacHandle result)
    {
        WriteVerbose($"Revoked {result.MacAddress} of the handle '{result.Handle}' in VLAN {result.VlanId}.");
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
