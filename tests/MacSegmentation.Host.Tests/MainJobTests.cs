using System.Globalization;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Configuration;
using MacSegmentation.Processes;
using MacSegmentation.Verdicts;

namespace MacSegmentation;

/// <summary>The main job as a user runs it, held to a plain walk over the document's lists.</summary>
public sealed class MainJobTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private const string Capture = "docs/examples/cameras-and-plc.pcap";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, PolicyAction.Allow)]
    [InlineData(20, PolicyAction.Deny)]
    [InlineData(10, PolicyAction.Drop)]
    public void A_capture_is_judged_as_the_lists_say(int nativeVlan, PolicyAction unknownVlan)
    {
        string[] options = ["--write", folder.File("out.pcap"), "--denied", folder.File("denied.pcap"), "--native-vlan", $"{nativeVlan}", "--unknown-vlan", $"{unknownVlan}", "--json"];
        using var report = JsonDocument.Parse(TestProgram.Native.Run(["enforce", "--config", Document, "--read", Capture, .. options]).Succeeded());

        var frames = ReadCapture(RepositoryFile.Path(Capture));
        var judge = new PlainJudge(ConfigurationFile.Read(RepositoryFile.Path(Document)), nativeVlan, unknownVlan);
        var verdicts = frames.ToLookup(judge.Judge);
        Assert.Equal(verdicts[PolicyAction.Allow], ReadCapture(folder.File("out.pcap")));
        Assert.Equal(verdicts[PolicyAction.Deny], ReadCapture(folder.File("denied.pcap")));

        var total = report.RootElement.GetProperty("total");
        Assert.Equal(
            (frames.Count, verdicts[PolicyAction.Allow].Count(), verdicts[PolicyAction.Deny].Count(), verdicts[PolicyAction.Drop].Count()),
            (Number(total, "framesIn"), Number(total, "framesForwarded"), Number(total, "framesDenied"), Number(total, "framesDropped")));
        Assert.Equal(
            judge.Hits,
            report.RootElement.GetProperty("policies").EnumerateArray()
                .Select(policy => (Number(policy, "vlanId"), Number(policy, "order"), Number(policy, "frames"))));
    }

    [Fact]
    public void A_store_judges_as_the_document_that_was_applied_to_it()
    {
        TestProgram.Native.Run("apply", "--store", folder.File("lab.db"), Document).Succeeded();
        string[] files = ["--read", Capture, "--write", folder.File("out.pcap")];
        string byDocument = TestProgram.Native.Run(["enforce", "--config", Document, .. files]).Succeeded();
        byte[] written = File.ReadAllBytes(folder.File("out.pcap"));
        File.Delete(folder.File("out.pcap"));
        Assert.Equal(byDocument, TestProgram.Native.Run(["enforce", "--store", folder.File("lab.db"), .. files]).Succeeded());
        Assert.Equal(written, File.ReadAllBytes(folder.File("out.pcap")));
    }

    [Fact]
    public void The_report_names_every_policy_that_decided()
    {
        string[] job = ["enforce", "--config", Document, "--read", Capture, "--write", folder.File("out.pcap")];
        string[] report = TestProgram.Native.Run(job).Succeeded().Split('\n');
        File.Delete(folder.File("out.pcap"));
        using var json = JsonDocument.Parse(TestProgram.Native.Run([.. job, "--json"]).Succeeded());
        foreach (var policy in json.RootElement.GetProperty("policies").EnumerateArray())
        {
            string name = $"policy {Number(policy, "order")}: {policy.GetProperty("source")} -> {policy.GetProperty("destination")} {policy.GetProperty("action")}";
            var lines = report.Where(line => line.EndsWith(name, StringComparison.Ordinal)).ToArray();
            if (Number(policy, "frames") == 0)
            {
                Assert.Empty(lines);
            }
            else
            {
                Assert.Contains($" {Number(policy, "frames"):N0} ", Assert.Single(lines), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_causes_of_the_report_add_up_to_its_totals()
    {
        string[] lines = TestProgram.Native.Run("enforce", "--config", Document, "--read", Capture, "--write", folder.File("out.pcap"), "--unknown-vlan", "Deny")
            .Succeeded().Split('\n');
        int[] totals = [.. lines[1][lines[1].IndexOf(folder.File("out.pcap"), StringComparison.Ordinal)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(cell => int.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];
        var causes = lines.Skip(4).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length > 0)
            .ToLookup(cells => cells[0], cells => int.Parse(cells[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        Assert.Equal([causes["forwarded"].Sum(), causes["denied"].Sum(), causes["dropped"].Sum()], totals[2..5]);
        Assert.Equal(totals[0], causes.Sum(cause => cause.Sum()));
    }

    [Fact]
    public void A_damaged_capture_is_judged_up_to_the_damage()
    {
        byte[] whole = File.ReadAllBytes(RepositoryFile.Path(Capture));
        string cut = folder.Write("cut.pcap", whole[..^5]);
        var result = TestProgram.Native.Run("enforce", "--config", Document, "--read", cut, "--write", folder.File("out.pcap"), "--json");
        result.FailedInJson("CaptureTruncated");
        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal(ReadCapture(RepositoryFile.Path(Capture)).Count - 1, Number(report.RootElement.GetProperty("total"), "framesIn"));
        Assert.Equal(Number(report.RootElement.GetProperty("total"), "framesForwarded"), ReadCapture(folder.File("out.pcap")).Count);
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static List<CapturedFrame> ReadCapture(string path)
    {
        var (frames, error) = CapturedFrame.ReadAll(path);
        Assert.Null(error);
        return frames;
    }
}
