using System.Management.Automation;

namespace MacSegmentation.Stores;

/// <summary>Shows the store that the session's cmdlets use.</summary>
[Cmdlet(VerbsCommon.Get, "MacStore")]
[OutputType(typeof(MacStoreConnection))]
public sealed class GetMacStoreCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var store = Store;
        WriteObject(Required(() => Await(() => MacStoreConnection.Of(store), "Reading the store")));
    }
}
