using System.Globalization;
using MacSegmentation.Addressing;

namespace MacSegmentation.Lab.Network;

/// <summary>Open vSwitch with a datapath in userspace, in a namespace, with a database and sockets of its own.</summary>
public sealed class OpenSwitch : IDisposable
{
    private const string Bridge = "br0";
    private const string Schema = "/usr/share/openvswitch/vswitch.ovsschema";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macseg-ovs-");
    private readonly List<IDisposable> parts = [];
    private readonly NetworkNamespace space;

    /// <summary>Starts it, with a bridge that has two ports.</summary>
    public OpenSwitch()
    {
        try
        {
            Assert.SkipUnless(Segment.Missing is null, $"The lab needs network namespaces: {Segment.Missing}");
            SystemProgram.Require("ovs-vswitchd", "openvswitch-switch");
            SystemProgram.Require("ovs-ofctl", "openvswitch-common");
            Assert.SkipUnless(File.Exists("/dev/net/tun"), "Open vSwitch's datapath in userspace needs /dev/net/tun for its bridge's own port.");
            parts.Add(space = new NetworkNamespace("ovs"));
            parts.Add(new NetworkNamespace("station"));
            space.Connect("p1", (NetworkNamespace)parts[1], "s1");
            space.Connect("p2", (NetworkNamespace)parts[1], "s2");
            Command.Run("ovsdb-tool", "create", PathOf("conf.db"), Schema);
            Start("ovsdb-server", PathOf("conf.db"), $"--remote=punix:{PathOf("db.sock")}", $"--unixctl={PathOf("db.ctl")}");
            Deadline.Await("the database answers", () => Command.Try("ovs-vsctl", $"--db={Database}", "--no-wait", "--timeout=5", "init").ExitCode == 0);
            Start("ovs-vswitchd", Database, $"--unixctl={PathOf("switch.ctl")}");
            Command.Run(
                "ovs-vsctl", $"--db={Database}", "--timeout=20", "add-br", Bridge, "--", "set", "bridge", Bridge, "datapath_type=netdev",
                "--", "add-port", Bridge, "p1", "--", "add-port", Bridge, "p2");
            Assert.Empty(Command.Run("ovs-vsctl", $"--db={Database}", "--timeout=20", "--bare", "--columns=error", "find", "interface", "error!=[]").Trim());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private string Database => $"unix:{PathOf("db.sock")}";

    /// <summary>Loads a file of flows in one step; each must be right.</summary>
    public void AddFlows(string file) => Command.Run("ovs-ofctl", "--bundle", "add-flows", $"unix:{PathOf($"{Bridge}.mgmt")}", file);

    /// <summary>How many flows the bridge has.</summary>
    public int CountFlows() => Command.Run("ovs-ofctl", "dump-flows", "--no-stats", $"unix:{PathOf($"{Bridge}.mgmt")}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>True if a frame that comes in at the first port would go out: by the bridge's own way through its tables.</summary>
    public bool Forwards(MacAddress source, MacAddress destination, int? tag)
    {
        string vlan = tag is { } id ? string.Create(CultureInfo.InvariantCulture, $",dl_vlan={id}") : string.Empty;
        string trace = Command.Run("ovs-appctl", "-t", PathOf("switch.ctl"), "ofproto/trace", Bridge, $"in_port=p1{vlan},dl_src={source},dl_dst={destination},dl_type=0x88b5");
        string line = Assert.Single(trace.Split('\n'), line => line.StartsWith("Datapath actions: ", StringComparison.Ordinal));
        return !line.EndsWith(" drop", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            parts[i].Dispose();
        }

        folder.Delete(recursive: true);
    }

    private string PathOf(string name) => Path.Join(folder.FullName, name);

    private void Start(string program, params string[] arguments) =>
        parts.Add(new HostProcess(space, "env", [$"OVS_RUNDIR={folder.FullName}", $"OVS_DBDIR={folder.FullName}", $"OVS_LOGDIR={folder.FullName}", program, .. arguments]));
}
