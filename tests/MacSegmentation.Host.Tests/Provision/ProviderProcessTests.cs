using System.Net;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Processes;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>A provider as users run it: a process that answers from its own store, with the shared one or without.</summary>
public sealed class ProviderProcessTests : IDisposable
{
    private static readonly string[] Arguments = ["--store", "shared.db", "--name", "site-a", "--local", "own.db", "--uri", "http://127.0.0.1:0", "--allow-plain-http"];

    private readonly TemporaryFolder folder = new();
    private readonly string token;

    public ProviderProcessTests()
    {
        using var store = Open("shared.db");
        token = RunningService.Fill(store).All;
        store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 64 }));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_answers_from_its_blocks_and_the_shared_store_knows_it()
    {
        await using (var provider = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments))
        {
            var made = await AskAsync(provider, "a", HttpStatusCode.Created);
            Assert.Equal("site-a", made.GetProperty("provider").GetString());
            Assert.Equal("blockFetched", await provider.ReadEventAsync());
            provider.Process.StandardInput.Close();
            while (await provider.ReadEventAsync() is { } told && told is not "stopped")
            {
            }

            Assert.Equal(0, (await provider.EndAsync()).ExitCode);
        }

        using var shared = Open("shared.db");
        Assert.Equal("site-a", Assert.Single(shared.Read(reader => reader.ListHandles())).Provider);
    }

    [Fact]
    public async Task It_answers_what_it_knows_without_the_shared_store_and_gives_out_new_addresses_when_that_is_back()
    {
        string known;
        await using (var provider = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments))
        {
            known = (await AskAsync(provider, "a", HttpStatusCode.Created)).GetProperty("macAddress").GetString()!;
            provider.Process.StandardInput.Close();
            await provider.EndAsync();
        }

        Directory.CreateDirectory(folder.File("away"));
        foreach (string file in Directory.GetFiles(folder.File(""), "shared.db*"))
        {
            File.Move(file, Path.Join(folder.File("away"), Path.GetFileName(file)));
        }

        await using var alone = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments);
        Assert.Equal(known, (await AskAsync(alone, "a", HttpStatusCode.OK)).GetProperty("macAddress").GetString());

        // Nothing says that this store is the newest of its kind.
        using var other = await alone.Client.PostAsync("/v1/addresses", RunningService.Json("""{"handle":"b","vlanId":10}"""), TestContext.Current.CancellationToken);
        await RunningService.RefusedAsync(other, 503, "HandleUndecidable");
        await RunningService.RefusedAsync(await alone.Client.GetAsync("/readyz", TestContext.Current.CancellationToken), 503, "StoreBehind");
        using var elsewhere = await alone.Client.PostAsync("/v1/addresses", RunningService.Json("""{"handle":"c","vlanId":30,"requestedAddress":"0a:00:00:00:00:0f"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, elsewhere.StatusCode);
        Assert.False(File.Exists(folder.File("shared.db")));
        foreach (string file in Directory.GetFiles(folder.File("away")))
        {
            File.Move(file, folder.File(Path.GetFileName(file)));
        }

        while (await alone.ReadEventAsync() is { } told && told is not "rootBack")
        {
        }

        await AskAsync(alone, "b", HttpStatusCode.Created);
    }

    [Fact]
    public async Task It_tells_enforcement_points_what_the_shared_store_has()
    {
        using (var store = Open("shared.db"))
        {
            EnforcementTests.Fill(store);
        }

        await using (var provider = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments))
        {
            using var answer = await provider.Client.GetAsync("/v1/enforcement/edge-1", TestContext.Current.CancellationToken);
            Assert.Equal(4, (await RunningService.ReadAsync(answer, HttpStatusCode.OK)).GetProperty("partitions").GetArrayLength());
            provider.Process.StandardInput.Close();
            await provider.EndAsync();
        }

        Directory.CreateDirectory(folder.File("away"));
        foreach (string file in Directory.GetFiles(folder.File(""), "shared.db*"))
        {
            File.Move(file, Path.Join(folder.File("away"), Path.GetFileName(file)));
        }

        await using var alone = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments);
        using var refused = await alone.Client.GetAsync("/v1/enforcement/edge-1", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("shared.db", await RunningService.RefusedAsync(refused, 503, "StoreNotFound"), StringComparison.Ordinal);
        using var policies = await alone.Client.GetAsync("/v1/policies?tag=42", TestContext.Current.CancellationToken);
        await RunningService.RefusedAsync(policies, 503, "StoreNotFound");
    }

    [Fact]
    public void Its_own_store_is_not_served_as_if_it_were_shared()
    {
        using (var process = TestProgram.Native.Start(folder.File(""), ["provide", .. Arguments, "--stop-on-stdin-end"]))
        {
            process.StandardInput.Close();
            Assert.Equal(0, TestProgram.Finish(process).ExitCode);
        }

        string error = TestProgram.Native.RunIn(folder.File(""), "provide", "--store", "own.db", "--uri", "http://127.0.0.1:0", "--allow-plain-http").Failed("StoreOfProvider");
        Assert.Contains("site-a", error, StringComparison.Ordinal);
        Assert.Contains("site-a", TestProgram.Native.RunIn(folder.File(""), "handle", "request", "x", "--vlan", "10", "--store", "own.db").Failed("StoreOfProvider"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_store_is_one_process_s_until_that_ends_however_it_does()
    {
        await using (var provider = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments))
        {
            Assert.Contains("own.db", TestProgram.Native.RunIn(folder.File(""), ["provide", .. Arguments]).Failed("ProviderHomeInUse"), StringComparison.Ordinal);
            provider.Process.Kill();
            await provider.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var again = await RunningProcess.StartAsync(TestProgram.Native, folder.File(""), token, Arguments);
        await AskAsync(again, "a", HttpStatusCode.Created);
    }

    [Fact]
    public void A_provider_that_is_not_there_is_named()
    {
        string[] other = [.. Arguments.Select(argument => argument is "site-a" ? "site-z" : argument)];
        Assert.Contains("site-z", TestProgram.Native.RunIn(folder.File(""), ["provide", .. other]).Failed("ProviderNotFound"), StringComparison.Ordinal);
        File.Delete(folder.File("shared.db"));
        Assert.Contains("site-a", TestProgram.Native.RunIn(folder.File(""), ["provide", .. Arguments]).Failed("RootUnreachable"), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AskAsync(RunningProcess provider, string handle, HttpStatusCode status)
    {
        using var answer = await provider.Client.PostAsync("/v1/addresses", RunningService.Json($$"""{"handle":"{{handle}}","vlanId":10}"""), TestContext.Current.CancellationToken);
        return await RunningService.ReadAsync(answer, status);
    }

    private IMacStore Open(string name) => new StoreFactory().Open(new MacStoreOptions { Path = folder.File(name) });
}
