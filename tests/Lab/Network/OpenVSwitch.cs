namespace MacSegmentation.Lab.Network;

/// <summary>Open vSwitch on a machine, in user space: it needs no module of the kernel.</summary>
public sealed class OpenVSwitch : IDisposable
{
    private const string Schema = "/usr/share/openvswitch/vswitch.ovsschema";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macseg-ovs-");
    private readonly HostProcess database;
    private readonly HostProcess daemon;

    /// <summary>Starts it.</summary>
    public OpenVSwitch(NetworkNamespace at)
    {
        SystemProgram.Require("ovs-ofctl", "openvswitch-switch");
        Assert.SkipUnless(File.Exists("/usr/sbin/ovs-vswitchd") && File.Exists(Schema), "ovs-vswitchd is not installed: it comes with Debian's package openvswitch-switch.");
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "Open vSwitch in user space needs /dev/net/tun.");
        Command.Run("ovsdb-tool", "create", InFolder("conf.db"), Schema);
        database = new HostProcess(at, "env", $"OVS_RUNDIR={folder.FullName}", "ovsdb-server", InFolder("conf.db"), $"--remote=punix:{InFolder("db.sock")}", $"--unixctl={InFolder("db.ctl")}");
        Deadline.Await("the database of Open vSwitch", () => File.Exists(InFolder("db.sock")));
        Configure("--no-wait", "init");
        daemon = new HostProcess(at, "env", $"OVS_RUNDIR={folder.FullName}", "ovs-vswitchd", $"unix:{InFolder("db.sock")}", $"--unixctl={InFolder("vs.ctl")}");
    }

    /// <summary>Changes its configuration, and waits until it is in force.</summary>
    public void Configure(params string[] arguments) => Command.Run("ovs-vsctl", [$"--db=unix:{InFolder("db.sock")}", "--timeout=10", .. arguments]);

    /// <summary>Tells a bridge its flows.</summary>
    /// <param name="command">What ovs-ofctl is to do.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="arguments">What follows.</param>
    public string Control(string command, string bridge, params string[] arguments) => Command.Run("ovs-ofctl", [command, InFolder($"{bridge}.mgmt"), .. arguments]);

    /// <inheritdoc/>
    public void Dispose()
    {
        daemon.Dispose();
        database.Dispose();
        folder.Delete(recursive: true);
    }

    private string InFolder(string name) => Path.Join(folder.FullName, name);
}
