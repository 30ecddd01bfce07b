using System.Globalization;
using MacSegmentation.Addressing;

namespace MacSegmentation.Lab.Network;

/// <summary>A host with its one interface, which is joined with a port of a switch.</summary>
public sealed class Host : IDisposable
{
    /// <summary>The interface on the host's side.</summary>
    public const string Interface = "e0";

    private readonly IReadOnlyList<string> addresses;

    /// <summary>Makes a host at a port.</summary>
    /// <param name="name">Its name, at most 13 characters.</param>
    /// <param name="mac">Its hardware address.</param>
    /// <param name="addresses">Its internet addresses with the lengths of their prefixes, for <see cref="AssignAddresses"/>.</param>
    /// <param name="middle">The machine whose interface the port is.</param>
    /// <param name="port">The port.</param>
    public Host(string name, MacAddress mac, IReadOnlyList<string> addresses, NetworkNamespace middle, string port)
    {
        ArgumentNullException.ThrowIfNull(middle);
        ArgumentNullException.ThrowIfNull(addresses);
        Name = name;
        Mac = mac;
        Port = port;
        this.addresses = addresses;
        Namespace = new NetworkNamespace(name);
        try
        {
            middle.Connect(port, Namespace, Interface);
            Namespace.Ip("link", "set", Interface, "address", mac.ToString());
            InterfaceFeatures.FinishFrames(Namespace, Interface);

            // The first announcement of another hardware address counts, not only one that comes a second after the last.
            Namespace.Execute("sh", "-c", $"echo 0 > /proc/sys/net/ipv4/neigh/{Interface}/locktime");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its name, which is that of its interface record if it has one.</summary>
    public string Name { get; }

    /// <summary>Its hardware address.</summary>
    public MacAddress Mac { get; }

    /// <summary>The switch's side of its wire.</summary>
    public string Port { get; }

    /// <summary>Its own network stack.</summary>
    public NetworkNamespace Namespace { get; }

    /// <summary>Its first internet address, without the prefix.</summary>
    public string Address => AddressAt(0);

    /// <summary>One of its internet addresses, without the prefix.</summary>
    public string AddressAt(int index) => addresses[index].Split('/')[0];

    /// <summary>Has its stack use its addresses.</summary>
    public void AssignAddresses()
    {
        foreach (string address in addresses)
        {
            Assign(address);
        }
    }

    /// <summary>Has its stack use an address, given with the length of its prefix.</summary>
    public void Assign(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Contains(':', StringComparison.Ordinal))
        {
            Namespace.Execute("sh", "-c", $"echo 0 > /proc/sys/net/ipv6/conf/{Interface}/disable_ipv6");
        }

        Namespace.Ip("address", "add", address, "dev", Interface);
    }

    /// <summary>Waits until its stack has found that nobody else has its addresses of IPv6 (RFC 4862 section 5.4).</summary>
    public void AwaitUniqueness() => Deadline.Await(
        $"the addresses of {Name} are unique", () => Namespace.Ip("-6", "address", "show", "dev", Interface, "tentative").Length == 0);

    /// <summary>Forgets what its stack knows of others.</summary>
    public void ForgetNeighbors() => Namespace.Ip("neighbor", "flush", "dev", Interface);

    /// <summary>Collects what arrives, whoever it is for.</summary>
    public Listener Listen() => new(Namespace, Interface);

    /// <summary>Sends frames of any making.</summary>
    public Talker Talk() => new(Namespace, Interface);

    /// <summary>Runs a program beside the test.</summary>
    public HostProcess Start(string program, params string[] arguments) => new(Namespace, program, arguments);

    /// <summary>How many of some echo requests are answered.</summary>
    public int Ping(string address, int count = 3, double waitSeconds = 2) => Namespace.Ping(address, count, waitSeconds).Count;

    /// <summary>The hardware address that its stack knows for an internet address, or null.</summary>
    public MacAddress? Neighbor(string address)
    {
        string[] words = Namespace.Ip("neighbor", "show", address, "dev", Interface).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, "lladdr");
        return at < 0 ? null : MacAddress.Parse(words[at + 1], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => Namespace.Dispose();
}
