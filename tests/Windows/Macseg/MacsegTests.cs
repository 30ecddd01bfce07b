using System.Net;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Configuration;
using MacSegmentation.Processes;
using MacSegmentation.Provision;
using MacSegmentation.Stores;
using MacSegmentation.Windows.Wine;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Windows.Macseg;

/// <summary>macseg for Windows, run by Wine: the same bytes as on Linux, and a store that several processes share.</summary>
public sealed class MacsegTests(WineMachine windows) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("enforce --config lab.json --read in.pcap --write out.pcap --denied denied.pcap")]
    [InlineData("enforce --config lab.json --read in.pcap --write out.pcap --native-vlan 20 --unknown-vlan Drop --json")]
    [InlineData("enforce --config lab.json --read cut.pcap --write out.pcap")]
    [InlineData("apply lab.json --store lab.db --what-if")]
    [InlineData("apply web.json --store lab.db --what-if")]
    [InlineData("apply wrong.json --store lab.db")]
    [InlineData("apply nowhere.json --store lab.db")]
    [InlineData("enforce --config lab.json --read in.pcap --write in.pcap")]
    [InlineData("enforce --read in.pcap")]
    [InlineData("trace --config web.json --from client-1 --destination-ip 10.0.0.100 --destination-port 80")]
    [InlineData("trace --config web.json --from uplink --native-vlan 10 --read in.pcap --json")]
    [InlineData("trace --config web.json --from nobody --read in.pcap")]
    [InlineData("schema")]
    public void The_same_input_gives_the_same_bytes_as_on_Linux(string arguments)
    {
        var macseg = windows.Macseg;
        var (onLinux, linuxFiles) = RunIn("linux", TestProgram.Native, arguments);
        var (onWindows, windowsFiles) = RunIn("windows", macseg, arguments);
        Assert.Equal(onLinux, onWindows);
        Assert.Equal(linuxFiles, windowsFiles);
    }

    [Theory]
    [InlineData("cameras-and-plc.json")]
    [InlineData("web-and-clients.json")]
    public void A_store_is_made_changed_and_exported(string example)
    {
        var macseg = windows.Macseg;
        string document = RepositoryFile.Path("docs", "examples", example);
        folder.Write("lab.json", File.ReadAllBytes(document));
        macseg.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded();
        Assert.Equal("lab.db equals lab.json: nothing to change.\n", macseg.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded());
        string exported = macseg.RunIn(folder.File(""), "export", "--store", "lab.db").Succeeded();
        Assert.Equal(ConfigurationFile.Read(document).ToJson(), exported);

        // A file is the same store on every system.
        Assert.Equal(exported, TestProgram.Native.RunIn(folder.File(""), "export", "--store", "lab.db").Succeeded());
    }

    [Fact]
    public void Two_processes_write_at_once_and_no_update_is_lost()
    {
        const int groups = 30;
        const int groupSize = 5;
        var macseg = windows.Macseg;
        folder.Write("pool.json", """{ "vlans": [ { "id": 10, "ranges": [ "02:00:00:00:00:00/32" ] } ] }"""u8.ToArray());
        macseg.RunIn(folder.File(""), "apply", "pool.json", "--store", "lab.db").Succeeded();

        var writer = windows.Program(WindowsRuntime.BuiltFile("tests/MacSegmentation.Storage.Tests", "MacSegmentation.Storage.TestWriter.exe"));
        using var first = writer.Start(folder.File(""), "lab.db", "first", $"{groups}", $"{groupSize}");
        using var second = writer.Start(folder.File(""), "lab.db", "second", $"{groups}", $"{groupSize}");
        Assert.Equal(["ready", "ready"], new[] { first, second }.Select(process => process.StandardOutput.ReadLine()));
        foreach (var process in new[] { first, second })
        {
            process.StandardInput.WriteLine();
        }

        // Their input stays open: its end would end them early.
        var results = TestProgram.FinishAll(first, second);
        string[][] told = [.. results.Select(result => result.Succeeded().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))];
        var held = new Dictionary<MacAddress, string>();
        foreach (string[] line in told.SelectMany(lines => lines).Select(line => line.Split(' ')).Where(line => line[0] is "+"))
        {
            held[MacAddress.Parse(line[1])] = line[2];
        }

        foreach (string[] line in told.SelectMany(lines => lines).Select(line => line.Split(' ')).Where(line => line[0] is "-"))
        {
            held.Remove(MacAddress.Parse(line[1]));
        }

        int commits = told.Sum(lines => int.Parse(lines[^1].Split(' ')[1]));
        Assert.Equal(2 * groups * groupSize, told.Sum(lines => lines.Count(line => line[0] == '+')));
        using (var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") }))
        {
            Assert.Equal(held, store.Read(reader => reader.ListAllocations()).ToDictionary(allocation => allocation.MacAddress, allocation => allocation.InstanceId));
            Assert.Equal(1 + commits, store.ReadRevision());
        }

        using var connection = new SqliteConnection($"Data Source={folder.File("lab.db")};Pooling=False");
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
    }

    [Fact]
    public void Two_documents_applied_at_once_leave_one_of_them_whole()
    {
        var macseg = windows.Macseg;
        for (int round = 0; round < 3; round++)
        {
            string[] documents = [.. new[] { 1, 2 }.Select(side => folder.Write($"{side}.json", System.Text.Encoding.UTF8.GetBytes(
                $$"""{ "vlans": [ { "id": {{side}}, "name": "round {{round}}", "ranges": [ "02:00:00:00:00:00/40" ], "allocations": [ { "instanceId": "{{side}}" } ] } ] }""")))];
            var processes = documents.Select(document => macseg.Start(folder.File(""), "apply", Path.GetFileName(document), "--store", "lab.db")).ToArray();
            Assert.All(TestProgram.FinishAll(processes), result => result.Succeeded());
            Assert.All(processes, process => process.Dispose());

            using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
            var vlan = Assert.Single(store.Read(StoreConfiguration.Read).Vlans);
            Assert.Equal(($"round {round}", $"{vlan.Id}"), (vlan.Name, Assert.Single(vlan.Allocations).InstanceId));
            Assert.Equal(2 * (round + 1), store.ReadRevision());
        }
    }

    /// <summary>Without TLS: Wine's own cryptography does not read the key of a certificate.</summary>
    [Fact]
    public async Task The_provider_service_answers()
    {
        string token;
        using (var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") }))
        {
            token = RunningService.Fill(store).All;
        }

        await using var service = await RunningProcess.StartAsync(
            windows.Macseg, folder.File(""), token, "--store", "lab.db", "--uri", "http://127.0.0.1:0", "--allow-plain-http");
        using var answer = await service.Client.PostAsync("/v1/addresses", RunningService.Json("""{"handle":"a","vlanId":10}"""), TestContext.Current.CancellationToken);
        await RunningService.ReadAsync(answer, HttpStatusCode.Created);
        service.Process.StandardInput.Close();
        Assert.Equal("stopped", await service.ReadEventAsync());
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
    }

    [Fact]
    public void Capture_devices_are_listed()
    {
        using var devices = JsonDocument.Parse(windows.Macseg.Run("devices", "--json").Succeeded());
        string[] names = [.. devices.RootElement.EnumerateArray().Select(device => device.GetProperty("description").GetString()!)];
        Assert.Contains(names, name => name.StartsWith("lo:", StringComparison.Ordinal));
        Assert.Contains("Can be opened", windows.Macseg.Run("devices").Succeeded(), StringComparison.Ordinal);
    }

    private (ProcessResult Result, Dictionary<string, string> Files) RunIn(string name, TestProgram program, string arguments)
    {
        string home = Directory.CreateDirectory(folder.File(name)).FullName;
        byte[] capture = File.ReadAllBytes(RepositoryFile.Path("docs", "examples", "cameras-and-plc.pcap"));
        File.WriteAllBytes(Path.Join(home, "in.pcap"), capture);
        File.WriteAllBytes(Path.Join(home, "cut.pcap"), capture[..^5]);
        File.Copy(RepositoryFile.Path("docs", "examples", "cameras-and-plc.json"), Path.Join(home, "lab.json"));
        File.Copy(RepositoryFile.Path("docs", "examples", "web-and-clients.json"), Path.Join(home, "web.json"));
        File.WriteAllText(Path.Join(home, "wrong.json"), "{ \"vlans\": [\n  { \"id\": 10, \"colour\": 1 } ] }");
        var result = program.RunIn(home, arguments.Split(' '));
        return (result, Directory.GetFiles(home).ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file))));
    }
}
