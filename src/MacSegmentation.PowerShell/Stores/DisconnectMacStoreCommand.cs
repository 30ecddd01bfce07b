using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>Closes the session's store.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MacStore")]
[OutputType(typeof(void))]
public sealed class DisconnectMacStoreCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!SessionStores.Disconnect(Runspace.DefaultRunspace))
        {
            WriteError(new MacSegmentationException(
                "StoreNotConnected",
                MacErrorKind.InvalidOperation,
                "This session is not connected to a store. Connect it with Connect-MacStore.").ToRecord());
        }
    }
}
