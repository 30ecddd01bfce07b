using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;
using MacSegmentation.Stores;

namespace MacSegmentation;

/// <summary>macseg as a switch between two hosts with interface records: traffic passes, a record's change counts at once, and the end tells all.</summary>
internal static class SwitchScenario
{
    private const string SharedAddress = "10.77.0.100";

    /// <summary>Runs it.</summary>
    /// <param name="macseg">The program.</param>
    /// <param name="folder">Where its store is.</param>
    public static void Run(TestProgram macseg, TemporaryFolder folder)
    {
        using var segment = new Segment();
        segment.AssignAddresses();
        segment.HostA.Ip("address", "add", SharedAddress + "/24", "dev", "a0");
        var inMiddle = macseg.After("ip", "netns", "exec", segment.Middle.Name, "env", "--default-signal");
        Apply(Segment.AddressOfB);
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });

        using var process = inMiddle.Start(folder.File(""), "enforce", "--store", "lab.db", "--port", "p1=a", "--port", "p2=b", "--json");
        try
        {
            var error = new ProcessLines(process.StandardError);
            var output = new ProcessLines(process.StandardOutput);
            Deadline.Await("macseg enforces", () => error.Contain("Enforcing between p1 and p2 by revision 1.") || process.HasExited, 60);
            Assert.Equal("InterfaceInUse", Assert.Throws<MacSegmentationException>(() => Remove("a")).ErrorId);

            Deadline.Await("host B answers", () => segment.HostA.Ping(Segment.AddressOfB, 1, 1).Count == 1, 20);
            Deadline.Await("host A answers by its shared address", () => segment.HostB.Ping(SharedAddress, 1, 1).Count == 1, 20);
            Deadline.Await("the holder is told", () => output.Contain("\"event\":\"AddressOwnerChanged\""), 20);
            Apply("10.77.0.3");
            Deadline.Await("host B is not the record's any more", () => segment.HostA.Ping(Segment.AddressOfB, 1, 1).Count == 0, 20);
            Deadline.Await("the refusal is told", () => output.Contain("\"port\":\"p2\",\"interface\":\"b\",\"vlanId\":10"), 20);

            Command.Run("kill", "-INT", $"{process.Id}");
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "An interrupt did not end macseg.");
            Assert.True(output.Completion.Wait(TimeSpan.FromSeconds(20)), "Standard output does not end.");
            Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {error}");
            Check(output.ToString().TrimEnd().Split('\n')[^1]);
            Assert.Equal("a", Remove("a"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        string Remove(string name) => store.Read(reader => InterfaceCatalog.GetRemovable(reader, name, force: false)).Name;

        void Apply(string addressOfB)
        {
            folder.Write("lab.json", Encoding.UTF8.GetBytes($$"""
                { "vlans": [ { "id": 10, "interfaces": [
                  { "name": "a", "macAddress": "{{Segment.MacOfA}}", "ipAddresses": ["{{Segment.AddressOfA}}/24"], "arpRateLimit": 0, "addressPairs": [{ "ipAddress": "{{SharedAddress}}" }] },
                  { "name": "b", "macAddress": "{{Segment.MacOfB}}", "ipAddresses": ["{{addressOfB}}/24"], "arpRateLimit": 0 } ] } ] }
                """));
            inMiddle.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Succeeded();
        }
    }

    private static void Check(string report)
    {
        using var json = JsonDocument.Parse(report);
        var root = json.RootElement;
        var ports = root.GetProperty("ports").EnumerateArray().ToArray();
        Assert.Equal([("p1", "a", "10u"), ("p2", "b", "10u")], ports.Select(port => (Text(port, "port"), Text(port, "interface"), Text(port, "vlans"))));
        Assert.All(ports, port =>
        {
            Assert.True(Number(port, "framesSent") > 0, report);
            Assert.Equal(Number(port, "framesIn"), Number(port, "framesForwarded") + Number(port, "framesAnswered") + Number(port, "framesDenied") + Number(port, "framesDropped"));
        });
        Assert.True(Number(ports[1], "framesDenied") > 0, report);

        var owner = Assert.Single(root.GetProperty("addressOwners").EnumerateArray());
        Assert.Equal((SharedAddress, Segment.MacOfA, "a", "p1", "Arp"), (Text(owner, "ipAddress"), Text(owner, "macAddress"), Text(owner, "interface"), Text(owner, "port"), Text(owner, "detectedBy")));
        Assert.Equal(
            [(Segment.MacOfA, "p1", "Static"), (Segment.MacOfB, "p2", "Static")],
            root.GetProperty("forwardingEntries").EnumerateArray().Select(entry => (Text(entry, "macAddress"), Text(entry, "port"), Text(entry, "kind"))));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
