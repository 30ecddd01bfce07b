using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>Opens a store for the session's cmdlets.</summary>
[Cmdlet(VerbsCommunications.Connect, "MacStore")]
[OutputType(typeof(MacStoreConnection))]
public sealed class ConnectMacStoreCommand : StoreCmdlet
{
    /// <summary>The store's file, created on first use; none for the default store of the user.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var store = Connect(Path is null ? MacStoreOptions.DefaultPath : this.ResolveFile(Path));
            WriteObject(MacStoreConnection.Of(store));
        }
        catch (MacSegmentationException error)
        {
            ThrowTerminatingError(error.ToRecord());
        }
    }
}
