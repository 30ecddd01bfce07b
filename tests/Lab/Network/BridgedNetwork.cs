using MacSegmentation.Addressing;

namespace MacSegmentation.Lab.Network;

/// <summary>Hosts at a bridge of the kernel: what a switch does, as somebody else wrote it.</summary>
public sealed class BridgedNetwork : IDisposable
{
    private const string Bridge = "br0";

    private readonly NetworkNamespace middle;
    private readonly List<Host> hosts = [];

    /// <summary>Makes a bridge without hosts; it learns, and knows neither spanning trees nor who is in which multicast group.</summary>
    public BridgedNetwork()
    {
        Assert.SkipUnless(Segment.Missing is null, $"The lab needs network namespaces: {Segment.Missing}");
        middle = new NetworkNamespace("bridge");
        try
        {
            middle.RequireLink("bridge");
            middle.Ip("link", "add", Bridge, "type", "bridge", "mcast_snooping", "0", "stp_state", "0");
            middle.Ip("link", "set", Bridge, "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Adds a host.</summary>
    public Host AddHost(string name, MacAddress mac)
    {
        string port = $"v-{name}";
        var host = new Host(name, mac, [], middle, port);
        hosts.Add(host);
        middle.Ip("link", "set", port, "master", Bridge);
        return host;
    }

    /// <summary>Has it forget where addresses are: each frame goes to every other port.</summary>
    public void FloodAlways() => hosts.ForEach(host => middle.Ip("link", "set", host.Port, "type", "bridge_slave", "learning", "off"));

    /// <summary>Runs a program where the bridge is.</summary>
    public void Execute(string program, params string[] arguments) => middle.Execute(program, arguments);

    /// <inheritdoc/>
    public void Dispose()
    {
        hosts.ForEach(host => host.Dispose());
        middle.Dispose();
    }
}
