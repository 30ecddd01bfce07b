using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Configuration;
using MacSegmentation.Processes;
using MacSegmentation.Stores.Postgres;

namespace MacSegmentation;

/// <summary>Stores on a PostgreSQL server, from the command line.</summary>
public sealed class ServerStoreTests : IDisposable
{
    private const string Document = "docs/examples/cameras-and-plc.json";
    private readonly TemporaryFolder folder = new();
    private readonly string? database;

    public ServerStoreTests()
    {
        Assert.SkipWhen(PostgresCluster.WhyAbsent is not null, PostgresCluster.WhyAbsent ?? string.Empty);
        database = PostgresCluster.Shared.CreateDatabase();
    }

    private string Place => PostgresCluster.Shared.ConnectionString(database!);

    public void Dispose()
    {
        folder.Dispose();
        if (database is not null)
        {
            PostgresCluster.Shared.DropDatabase(database);
        }
    }

    [Fact]
    public void A_store_on_a_server_is_made_asked_and_judged_by_like_a_file()
    {
        TestProgram.Native.Run("export", "--store", Place).Failed("StoreNotFound");
        Assert.Contains("would make the new store equal", TestProgram.Native.Run("apply", Document, "--store", Place, "--what-if").Succeeded(), StringComparison.Ordinal);
        TestProgram.Native.Run("export", "--store", Place).Failed("StoreNotFound");
        Assert.Contains(
            $"made {PostgresCluster.Shared.PathOf(database!)} equal to {Document}, now at revision 1.",
            TestProgram.Native.Run("apply", Document, "--store", Place).Succeeded(),
            StringComparison.Ordinal);
        Assert.Equal(ConfigurationFile.Read(RepositoryFile.Path(Document)).ToJson(), TestProgram.Native.Run("export", "--store", Place).Succeeded());

        string file = folder.File("lab.db");
        TestProgram.Native.Run("apply", Document, "--store", file).Succeeded();
        Assert.Equal(Judged(file, "file.pcap"), Judged(Place, "server.pcap"));
    }

    [Fact]
    public void A_store_moves_to_a_server_and_back()
    {
        string file = folder.File("lab.db");
        TestProgram.Native.Run("apply", Document, "--store", file).Succeeded();
        using var there = JsonDocument.Parse(TestProgram.Native.Run("copy", "--store", file, "--to", Place, "--json").Succeeded());
        Assert.Equal(1, there.RootElement.GetProperty("revision").GetInt64());
        string digest = there.RootElement.GetProperty("digest").GetString()!;
        string back = folder.File("back.db");
        string said = TestProgram.Native.Run("copy", "--store", Place, "--to", back).Succeeded();
        Assert.StartsWith($"{back} equals postgresql:///{database}?", said, StringComparison.Ordinal);
        Assert.Contains(digest, said, StringComparison.Ordinal);
        Assert.Equal(TestProgram.Native.Run("export", "--store", file).Succeeded(), TestProgram.Native.Run("export", "--store", back).Succeeded());
        TestProgram.Native.Run("copy", "--store", file, "--to", back).Failed("StoreNotEmpty");
        TestProgram.Native.Run("copy", "--store", folder.File("none.db"), "--to", folder.File("other.db")).Failed("StoreNotFound");
    }

    [Theory]
    [InlineData("Host=/nonexistent;Database=macseg;Username=anna;Password=S3cret", "StoreUnavailable")]
    [InlineData("Host=db;Pasword=S3cret", "InvalidConnectionString")]
    [InlineData("postgresql://anna:S3cret@db:port/macseg", "InvalidConnectionString")]
    public void No_password_is_shown(string connectionString, string errorId) =>
        Assert.DoesNotContain("S3cret", TestProgram.Native.Run("export", "--store", connectionString).Failed(errorId), StringComparison.Ordinal);

    private byte[] Judged(string store, string name)
    {
        string written = folder.File(name);
        TestProgram.Native.Run("enforce", "--store", store, "--read", "docs/examples/cameras-and-plc.pcap", "--write", written).Succeeded();
        return File.ReadAllBytes(written);
    }
}
