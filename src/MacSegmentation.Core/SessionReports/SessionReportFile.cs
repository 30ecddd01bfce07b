#pragma warning disable RS0030 // The files that the domain writes and reads: what cmdlets and macseg do alike.
using System.Text.Json;
using MacSegmentation.Errors;
using MacSegmentation.Files;

namespace MacSegmentation.SessionReports;

/// <summary>Reports in files: JSON for programs, or one page of HTML for people, by how the file's name ends.</summary>
public static class SessionReportFile
{
    private const string Json = ".json";
    private static readonly string[] Html = [".html", ".htm"];

    /// <summary>Makes sure that a report can be written as a file's name says, and replaces nothing if it may not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mayReplace">False to leave a file alone that exists.</param>
    /// <exception cref="MacSegmentationException">ReportFormatUnknown, ReportFileExists.</exception>
    public static void Require(string path, bool mayReplace = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!IsJson(path) && !IsHtml(path))
        {
            throw new MacSegmentationException(
                "ReportFormatUnknown", MacErrorKind.InvalidArgument, $"The name of {path} does not say what a report is to be. End it in .html for a page, or in .json for programs.", path);
        }

        if (!mayReplace && Path.Exists(path))
        {
            throw new MacSegmentationException("ReportFileExists", MacErrorKind.AlreadyExists, $"The file {path} exists already. Give another path, or leave out what keeps it from being replaced.", path);
        }
    }

    /// <summary>Writes a report to a file: whoever reads it meanwhile sees the old one or the new one, never a part.</summary>
    /// <param name="path">The file: .json, .html or .htm; one that exists is replaced.</param>
    /// <param name="report">The report.</param>
    /// <param name="mayReplace">False to leave a file alone that exists.</param>
    /// <exception cref="MacSegmentationException">ReportFormatUnknown, ReportFileExists, ReportFileUnwritable.</exception>
    public static void Write(string path, SessionReport report, bool mayReplace = true)
    {
        ArgumentNullException.ThrowIfNull(report);
        Require(path, mayReplace);
        try
        {
            if (FileFault.OfForeign(path) is { } foreign)
            {
                throw Faulty("ReportFileUnwritable", "written to", path, foreign, cause: null);
            }

            TextFile.Write(path, IsJson(path) ? SessionReportJson.Write(report) : SessionReportPage.Write(report));
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw Faulty("ReportFileUnwritable", "written to", path, FileFault.Of(path, error), error);
        }
    }

    /// <summary>Reads a report that was written as JSON. Members that this program does not know are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MacSegmentationException">ReportFileUnreadable; InvalidReport: it is none, or of a newer version.</exception>
    public static SessionReport Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SessionReport? report;
        try
        {
            report = SessionReportJson.Read(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw Invalid(path, $"it is not the JSON of one: {error.Message.TrimEnd('.')}", error);
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw Faulty("ReportFileUnreadable", "read from", path, FileFault.Of(path, error), error);
        }

        return report is null || !string.Equals(report.Format, SessionReport.FormatName, StringComparison.Ordinal) ? throw Invalid(path, $"its format is not {SessionReport.FormatName}", cause: null)
            : report.Version > SessionReport.CurrentVersion ? throw Invalid(path, $"its version is {report.Version}, and this program reads up to {SessionReport.CurrentVersion}", cause: null)
            : report;
    }

    private static bool IsJson(string path) => path.EndsWith(Json, StringComparison.OrdinalIgnoreCase);

    private static bool IsHtml(string path) => Array.Exists(Html, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static MacSegmentationException Invalid(string path, string why, Exception? cause) =>
        new("InvalidReport", MacErrorKind.InvalidData, $"The file {path} is no report of a session: {why}. Give one that Export-MacSessionReport or macseg session report wrote as JSON.", path, cause);

    private static MacSegmentationException Faulty(string errorId, string what, string path, FileFault fault, Exception? cause) =>
        new(errorId, fault.Kind, $"The report cannot be {what} {path}: {fault.Reason}. {fault.WayOut}", path, cause);
}
