using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Configuration;
using MacSegmentation.Processes;

namespace MacSegmentation;

public sealed class ApplyTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private const string WebDocument = "docs/examples/web-and-clients.json";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Document)]
    [InlineData(WebDocument)]
    public void A_store_becomes_equal_to_a_document_and_then_stays(string document)
    {
        string store = folder.File("lab.db");
        string first = TestProgram.Native.Run("apply", document, "--store", store, "--what-if").Succeeded();
        Assert.Contains($"changes would make {store} equal to {document}.", first, StringComparison.Ordinal);
        Assert.False(File.Exists(store));

        using var applied = JsonDocument.Parse(TestProgram.Native.Run("apply", document, "--store", store, "--json").Succeeded());
        Assert.Equal(1, applied.RootElement.GetProperty("revision").GetInt64());
        var written = ConfigurationFile.Read(RepositoryFile.Path(document));
        Assert.Equal(CountChanges(written), applied.RootElement.GetProperty("changes").GetArrayLength());
        Assert.Equal($"{store} equals {document}: nothing to change.\n", TestProgram.Native.Run("apply", document, "--store", store).Succeeded());

        string exported = TestProgram.Native.Run("export", "--store", store).Succeeded();
        Assert.Equal(written.ToJson(), exported);
        folder.Write("exported.json", System.Text.Encoding.UTF8.GetBytes(exported));
        using var again = JsonDocument.Parse(TestProgram.Native.Run("apply", folder.File("exported.json"), "--store", store, "--json").Succeeded());
        Assert.Equal((1, 0), (again.RootElement.GetProperty("revision").GetInt64(), again.RootElement.GetProperty("changes").GetArrayLength()));
    }

    [Fact]
    public void One_document_takes_the_place_of_another_and_leaves_nothing_of_it()
    {
        string store = folder.File("lab.db");
        foreach (string document in new[] { WebDocument, Document, WebDocument })
        {
            TestProgram.Native.Run("apply", document, "--store", store).Succeeded();
            Assert.Equal(
                ConfigurationFile.Read(RepositoryFile.Path(document)).ToJson(), TestProgram.Native.Run("export", "--store", store).Succeeded());
        }
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

    [Theory]
    [InlineData("""{ "vlans": [ { "id": 10, "ranges": ["02:00:00:00:00:00/40"] }, { "id": 20, "ranges": ["02:00:00:00:00:00/40"] } ] }""", "RangeOverlap")]
    [InlineData("""{ "vlans": [ { "id": 10, "ranges": ["02:00:00:00:00:01"], "allocations": [ { "instanceId": "a" }, { "instanceId": "b" } ] } ] }""", "PoolExhausted")]
    [InlineData("""{ "vlans": """, "ConfigurationInvalid")]
    public void What_cannot_be_done_leaves_no_store_behind(string document, string error)
    {
        string store = folder.File("lab.db");
        string file = folder.Write("document.json", System.Text.Encoding.UTF8.GetBytes(document));
        TestProgram.Native.Run("apply", file, "--store", store).Failed(error);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(store)!, "lab.db*"));
    }

    [Fact]
    public void The_environment_names_the_store_where_no_option_does_and_no_help_shows_its_password()
    {
        string store = folder.File("lab.db");
        string file = folder.Write("document.json", """{ "vlans": [ { "id": 10 } ] }"""u8.ToArray());
        var named = TestProgram.Native.In(new Dictionary<string, string> { ["MACSEG_STORE"] = store });
        named.Run("apply", file).Succeeded();
        Assert.Contains("\"id\": 10", named.Run("export").Succeeded(), StringComparison.Ordinal);
        Assert.Contains("\"vlans\": []", named.Run("export", "--store", Other()).Succeeded(), StringComparison.Ordinal);
        var secret = TestProgram.Native.In(new Dictionary<string, string> { ["MACSEG_STORE"] = "Host=nowhere.invalid;Password=geheim" });
        foreach (string command in (string[])["apply", "export", "enforce", "provide", "copy", "compare", "trace"])
        {
            Assert.DoesNotContain("geheim", secret.Run(command, "--help").Succeeded(), StringComparison.Ordinal);
        }
    }

    private string Other()
    {
        string other = folder.File("other.db");
        TestProgram.Native.Run("apply", folder.Write("empty.json", """{ "vlans": [] }"""u8.ToArray()), "--store", other).Succeeded();
        return other;
    }

    [Fact]
    public void The_schema_is_printed_as_published() =>
        Assert.Equal(File.ReadAllText(RepositoryFile.Path("docs", "macsegmentation.schema.json")), TestProgram.Native.Run("schema").Succeeded());

    /// <summary>What it takes to make an empty store equal: each thing one change, but an interface whose address comes from the pool two.</summary>
    private static int CountChanges(MacConfiguration document) => document.Vlans.Count
        + document.Vlans.Sum(vlan => vlan.Allocations.Count + vlan.Policies.Count)
        + document.Vlans.SelectMany(vlan => vlan.Interfaces).Sum(record => 2 + record.AddressPairs.Count + record.SecurityGroups.Count)
        + document.SecurityGroups.Sum(group => 1 + group.Rules.Count);
}
