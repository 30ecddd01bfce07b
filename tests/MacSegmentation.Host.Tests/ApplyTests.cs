using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Configuration;
using MacSegmentation.Processes;

namespace MacSegmentation;

public sealed class ApplyTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_store_becomes_equal_to_a_document_and_then_stays()
    {
        string store = folder.File("lab.db");
        string first = TestProgram.Native.Run("apply", Document, "--store", store, "--what-if").Succeeded();
        Assert.Contains($"changes would make {store} equal to {Document}.", first, StringComparison.Ordinal);
        Assert.False(File.Exists(store));

        using var applied = JsonDocument.Parse(TestProgram.Native.Run("apply", Document, "--store", store, "--json").Succeeded());
        Assert.Equal(1, applied.RootElement.GetProperty("revision").GetInt64());
        var written = ConfigurationFile.Read(RepositoryFile.Path(Document));
        Assert.Equal(
            written.Vlans.Count + written.Vlans.Sum(vlan => vlan.Allocations.Count + vlan.Policies.Count), applied.RootElement.GetProperty("changes").GetArrayLength());
        Assert.Equal($"{store} equals {Document}: nothing to change.\n", TestProgram.Native.Run("apply", Document, "--store", store).Succeeded());

        string exported = TestProgram.Native.Run("export", "--store", store).Succeeded();
        Assert.Equal(written.ToJson(), exported);
        folder.Write("exported.json", System.Text.Encoding.UTF8.GetBytes(exported));
        using var again = JsonDocument.Parse(TestProgram.Native.Run("apply", folder.File("exported.json"), "--store", store, "--json").Succeeded());
        Assert.Equal((1, 0), (again.RootElement.GetProperty("revision").GetInt64(), again.RootElement.GetProperty("changes").GetArrayLength()));
    }

    [Fact]
    public void What_would_be_done_is_shown_and_not_done()
    {
        string store = folder.File("lab.db");
        TestProgram.Native.Run("apply", Document, "--store", store).Succeeded();
        string before = TestProgram.Native.Run("export", "--store", store).Succeeded();
        string empty = folder.Write("empty.json", "{ \"vlans\": [] }"u8.ToArray());
        string preview = TestProgram.Native.Run("apply", empty, "--store", store, "--what-if").Succeeded();
        Assert.Contains("RemoveVlan", preview, StringComparison.Ordinal);
        Assert.Equal(before, TestProgram.Native.Run("export", "--store", store).Succeeded());
        string done = TestProgram.Native.Run("apply", empty, "--store", store).Succeeded();
        Assert.Equal(preview.Split("\n\n")[0], done.Split("\n\n")[0]);
        Assert.Equal("{\n  \"vlans\": []\n}\n", TestProgram.Native.Run("export", "--store", store).Succeeded());
    }

    [Fact]
    public void The_schema_is_printed_as_published() =>
        Assert.Equal(File.ReadAllText(RepositoryFile.Path("docs", "macsegmentation.schema.json")), TestProgram.Native.Run("schema").Succeeded());
}
