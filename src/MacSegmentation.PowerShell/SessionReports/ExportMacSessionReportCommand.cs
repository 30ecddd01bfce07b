using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores;

namespace MacSegmentation.SessionReports;

/// <summary>Writes what was asked of the network of a session's instances, and what they got, over time: a page with pictures, or JSON.</summary>
[Cmdlet(VerbsData.Export, "MacSessionReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMacSessionReportCommand : StoreCmdlet
{
    /// <summary>The session.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("SessionName", "Session")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The file to write: a page if its name ends in .html, JSON if in .json.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The beginning of the time that it tells of; the first that is known if not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? Since { get; set; }

    /// <summary>The end of that time; now if not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Leaves a file alone that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes the file as an object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = this.ResolveFile(Path);
            SessionReportFile.Require(path, mayReplace: !NoClobber);
            Read(store => SessionReporter.Read(store, Name, Since, Until), report => Write(report, path));
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void Write(SessionReport report, string path)
    {
        if (!ShouldProcess(path, $"Write the report of session '{report.Session}'"))
        {
            return;
        }

        Await(
            () =>
            {
                SessionReportFile.Write(path, report, mayReplace: !NoClobber);
                return path;
            },
            "Writing the report",
            place: path);
        if (PassThru)
        {
            WriteObject(InvokeProvider.Item.Get([path], force: false, literalPath: true), enumerateCollection: true);
        }
    }
}
