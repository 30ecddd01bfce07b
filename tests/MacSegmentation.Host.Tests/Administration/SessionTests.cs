using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Processes;
using MacSegmentation.Profiles;
using MacSegmentation.SessionReports;
using MacSegmentation.Stores;
using MacSegmentation.Addressing;
using MacSegmentation.Vlans;

namespace MacSegmentation.Administration;

/// <summary>Sessions from the command line: listed, suspended and resumed, and reported.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public SessionTests()
    {
        path = folder.File("lab.db");
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = path });
        store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/44")] });
            ProfileCatalog.Create(writer, new MacProfile { Name = "dsl" });
            SessionCatalog.Create(writer, new SessionRequest { Name = "training-7", VlanId = 10, DefaultProfile = "dsl" });
            return InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-1", Session = "training-7" });
        });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_are_listed_suspended_and_resumed()
    {
        var session = Assert.Single(Rows("session", "list"));
        Assert.Equal(("training-7", 10, "dsl", "Running", 1), (Text(session, "name"), session.GetProperty("vlanId").GetInt32(), Text(session, "defaultProfile"), Text(session, "state"), session.GetProperty("instances").GetInt32()));
        Assert.Equal(("student-1", "dsl"), (Text(Assert.Single(Rows("session", "instances", "TRAINING-7")), "name"), Text(Rows("session", "instances", "training-7")[0], "effectiveProfile")));
        Assert.Equal("Suspended", Text(Assert.Single(Rows("session", "suspend", "training-7")), "state"));
        Assert.Null(Text(Rows("session", "instances", "training-7")[0], "effectiveProfile"));
        Assert.Equal("Running", Text(Assert.Single(Rows("session", "resume", "training-7")), "state"));
        TestProgram.Native.Run("session", "instances", "nobody", "--store", path).Failed("SessionNotFound");
    }

    [Fact]
    public void A_report_is_written_as_its_name_says()
    {
        string json = folder.File("report.json");
        TestProgram.Native.Run("session", "report", "training-7", "--store", path, "--output", json).Succeeded();
        Assert.Equal(("training-7", "student-1"), (SessionReportFile.Read(json).Session, SessionReportFile.Read(json).Instances[0].Name));
        string page = folder.File("report.html");
        TestProgram.Native.Run("session", "report", "training-7", "--store", path, "--output", page, "--no-clobber").Succeeded();
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(page), StringComparison.Ordinal);
        TestProgram.Native.Run("session", "report", "training-7", "--store", path, "--output", page, "--no-clobber").Failed("ReportFileExists");
        TestProgram.Native.Run("session", "report", "training-7", "--store", path, "--output", folder.File("report.txt")).Failed("ReportFormatUnknown");
        TestProgram.Native.Run("session", "report", "training-7", "--store", path, "--output", json, "--since", "2126-01-01").Failed("InvalidReportTime");
    }

    private JsonElement[] Rows(params string[] arguments) =>
        [.. JsonDocument.Parse(TestProgram.Native.Run([.. arguments, "--store", path, "--json"]).Succeeded()).RootElement.EnumerateArray()];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
