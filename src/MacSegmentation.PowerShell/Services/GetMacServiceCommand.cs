using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;

namespace MacSegmentation.Services;

/// <summary>Shows which commands of macseg this host runs as services.</summary>
[Cmdlet(VerbsCommon.Get, "MacService")]
[OutputType(typeof(MacService))]
public sealed class GetMacServiceCommand : ServiceCmdlet
{
    /// <summary>The services; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var all = List().ToList();
        foreach (string name in Name)
        {
            var found = NameFilter.Select(all, service => service.Name, [name]).ToList();
            if (found.Count == 0 && NameFilter.IsExact(name))
            {
                WriteError(new MacSegmentationException("ServiceNotFound", MacErrorKind.NotFound, $"There is no service '{name}'. List them with Get-MacService; Install-MacService makes one.", name).ToRecord());
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
