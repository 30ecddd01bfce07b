using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Stores;

namespace MacSegmentation.NetworkSessions;

/// <summary>Lists sessions with the number of their instances.</summary>
[Cmdlet(VerbsCommon.Get, "MacSession")]
[OutputType(typeof(MacSession))]
public sealed class GetMacSessionCommand : StoreCmdlet
{
    /// <summary>Only sessions with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionName", "Session")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Read(
                store => NameFilter.IsExact(name) ? [SessionCatalog.Get(store, name)] : NameFilter.Select(store.ListSessions(), session => session.Name, [name]),
                sessions => WriteObject(sessions, enumerateCollection: true));
        }
    }
}
