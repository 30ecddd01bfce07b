using System.Net;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores.Postgres;

/// <summary>Connection strings: what they mean, and that nothing of a password is ever shown.</summary>
public sealed class PostgresPlaceTests
{
    [Theory]
    [InlineData("Host=db;Database=macseg;Username=anna;Password=S3cret", "postgresql://db:5432/macseg")]
    [InlineData("Server=db; Port=6432; Database=macseg; User Id=anna; Pwd=S3cret", "postgresql://db:6432/macseg")]
    [InlineData("Host=db-a,db-b:6432;Database=macseg", "postgresql://db-a,db-b:6432/macseg")]
    [InlineData("Host=/run/postgresql;Database=macseg", "postgresql:///macseg?host=/run/postgresql&port=5432")]
    [InlineData("host=db;username=anna", "postgresql://db:5432/anna")]
    [InlineData("postgresql://anna:S3cret@db/macseg", "postgresql://db:5432/macseg")]
    [InlineData(" Postgres://anna:S3cret@db:6432/mac%20seg?sslmode=require&connect_timeout=3", "postgresql://db:6432/mac seg")]
    [InlineData("postgresql://[2001:db8::1]:6432/macseg", "postgresql://2001:db8::1/macseg")]
    [InlineData("postgresql://anna:S3cret%40%3A%2F@db-a:1,db-b:2/macseg?target_session_attrs=read-write", "postgresql://db-a:1,db-b:2/macseg")]
    [InlineData("postgresql://%2Frun%2Fpostgresql/macseg?user=anna&password=S3cret", "postgresql:///macseg?host=/run/postgresql&port=5432")]
    public void A_place_is_named_without_user_and_password(string connectionString, string path)
    {
        Assert.True(MacStoreOptions.IsConnectionString(connectionString));
        var options = MacStoreOptions.At(connectionString);
        Assert.Equal(path, PostgresPlace.Parse(options).Path);
        Assert.DoesNotContain("S3cret", options.ToString(), StringComparison.Ordinal);
        PostgresPlace.Parse(options).CreateSource().Dispose();
    }

    [Theory]
    [InlineData("lab.db")]
    [InlineData("./Host=db")]
    [InlineData("/srv/postgresql/lab.db")]
    [InlineData("C:\\stores\\server=1.db")]
    [InlineData("")]
    public void Other_texts_are_paths(string path)
    {
        Assert.False(MacStoreOptions.IsConnectionString(path));
        Assert.Equal((path, null), (MacStoreOptions.At(path).Path, MacStoreOptions.At(path).ConnectionString));
    }

    [Theory]
    [InlineData("Host=db;Password=S3cret;or;S3cret=1")]
    [InlineData("Host=db;Pasword=S3cret")]
    [InlineData("Host=db;Port=S3cret")]
    [InlineData("Host=db;Port=99999999999;Password=S3cret")]
    [InlineData("Host=db;SSL Mode=S3cret")]
    [InlineData("Host=db;Password=\"S3cret")]
    [InlineData("Database=macseg;Password=S3cret")]
    [InlineData("Host= ;Password=S3cret")]
    [InlineData("S3cret")]
    [InlineData("")]
    [InlineData("postgresql://")]
    [InlineData("postgresql://anna:S3cret@db:port/macseg")]
    [InlineData("postgresql://anna:S3cret@db/macseg?secret=S3cret")]
    [InlineData("postgresql://anna:S3cret@/macseg")]
    public void What_cannot_be_understood_is_refused_without_a_word_of_it(string connectionString)
    {
        var error = Assert.Throws<MacSegmentationException>(() => Open(new MacStoreOptions { ConnectionString = connectionString }));
        Assert.Equal(("InvalidConnectionString", MacErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.DoesNotContain("S3cret", error.ToString(), StringComparison.Ordinal);
        Assert.Null(error.Target);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_has_one_place()
    {
        Assert.Throws<ArgumentException>(() => Open(new MacStoreOptions { Path = "lab.db", ConnectionString = "Host=db" }));
        Assert.Equal("the store 'lab.db'", new MacStoreOptions { Path = "lab.db" }.ToString());
        Assert.Equal("a temporary store", new MacStoreOptions().ToString());
        var secret = new MacStoreOptions { ConnectionString = "Host=db;Password=S3cret", Credential = new NetworkCredential("anna", "S3cret") };
        Assert.Equal("a PostgreSQL store", $"{secret}");
    }

    [Fact]
    public void A_server_that_is_not_there_is_reported_without_waiting_and_without_the_password()
    {
        var options = new MacStoreOptions { ConnectionString = "Host=/nonexistent;Database=macseg;Username=anna;Password=S3cret" };
        var error = Assert.Throws<MacSegmentationException>(() => Open(options));
        Assert.Equal(("StoreUnavailable", MacErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.Contains("postgresql:///macseg?host=/nonexistent", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3cret", error.ToString(), StringComparison.Ordinal);
    }

    private static void Open(MacStoreOptions options) => new StoreFactory().Open(options).Dispose();
}
