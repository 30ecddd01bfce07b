using System.Globalization;
using System.Net;
using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.PortSecurity;

namespace MacSegmentation.Lab;

/// <summary>A virtual address that two hosts share, and a third that would like to have it.</summary>
public sealed class AddressPairTests
{
    private const string VirtualAddress = "10.0.0.100";

    /// <summary>Echo requests that may stay without an answer while the address moves: 3 seconds of them.</summary>
    private const int TolerableGap = 30;

    [Theory]
    [InlineData(VirtualMacUse.Always, false)]
    [InlineData(VirtualMacUse.Always, true)]
    [InlineData(VirtualMacUse.Requests, false)]
    [InlineData(VirtualMacUse.None, false)]
    [InlineData(VirtualMacUse.None, true)]
    public void Ping_survives_the_death_of_the_master_and_the_switch_tells_who_has_the_address(VirtualMacUse use, bool hostDies)
    {
        using var network = new SwitchedNetwork();
        var first = network.AddHost("web-1", "10.0.0.11/24");
        var second = network.AddHost("web-2", "10.0.0.12/24");
        var client = network.AddHost("client", "10.0.0.13/24");
        AddPairs(network, use, first, second);
        network.Start();
        using var master = new VirtualRouter(first, VirtualAddress, priority: 200, use);
        network.AwaitOwner(VirtualAddress, first);
        using var backup = new VirtualRouter(second, VirtualAddress, priority: 100, use);
        backup.AwaitReadiness();
        using var ping = client.Start("ping", "-n", "-i", "0.1", VirtualAddress);
        Deadline.Await("the master answers", () => Answers(ping).Count >= 5);
        var before = network.Owner(VirtualAddress);

        var killedAt = DateTimeOffset.UtcNow;
        master.Kill();
        if (hostDies)
        {
            first.Namespace.Ip("link", "set", Host.Interface, "down");
        }

        network.AwaitOwner(VirtualAddress, second);
        using var listener = second.Listen();
        int answered = Answers(ping).Count;
        Deadline.Await("the requests come to the backup", () => listener.Heard.Count(IsEchoRequest) >= 10);
        Deadline.Await("the backup answers", () => Answers(ping).Count >= answered + 10);
        var answers = Answers(ping);
        Assert.All(answers.Zip(answers.Skip(1)), two => Assert.InRange(two.Second - two.First, 1, TolerableGap));

        // The stack of a host whose keepalived died still has the address, and may say so once more before it is silent.
        var owner = network.Owner(VirtualAddress);
        Deadline.Await("the backup keeps the address", () => second.Name.Equals((owner = network.Owner(VirtualAddress)).Interface, StringComparison.Ordinal));
        Assert.Equal((second.Port, first.Name, first.Port), (owner.Port, owner.PreviousInterface, owner.PreviousPort));
        Assert.InRange(owner.Since!.Value, killedAt, DateTimeOffset.UtcNow);
        Assert.InRange(owner.PreviousSince!.Value, before.Since!.Value, owner.Since.Value);
        Assert.Equal([first.Name, second.Name], owner.Candidate);
        Deadline.Await("the client knows", () => client.Neighbor(VirtualAddress) == (use == VirtualMacUse.None ? second.Mac : VirtualRouter.VirtualMac));
        var told = network.AwaitEvent("the change is told", told =>
            told.Kind == EnforcerEventKind.AddressOwnerChanged
            && VirtualAddress.Equals(told.IPAddress?.ToString(), StringComparison.Ordinal)
            && second.Name.Equals(told.Interface, StringComparison.Ordinal));
        Assert.InRange(told.Time, killedAt, owner.Since.Value);
        Assert.DoesNotContain(network.Events, told => told.Detail?.StartsWith("source 0.0.0.0 ", StringComparison.OrdinalIgnoreCase) == true);
    }

    [Theory]
    [InlineData("-U")]
    [InlineData("-U", "-P")]
    public void Who_may_not_have_an_address_does_not_get_it_by_gratuitous_arp(params string[] kind)
    {
        SystemProgram.Require("arping", "arping");
        using var network = new SwitchedNetwork();
        var first = network.AddHost("web-1", "10.0.0.11/24");
        var second = network.AddHost("web-2", "10.0.0.12/24");
        var client = network.AddHost("client", "10.0.0.13/24");
        var thief = network.AddHost("thief", "10.0.0.66/24");
        AddPairs(network, VirtualMacUse.None, first, second);
        network.Start();
        Claim(first, kind);
        Assert.Equal(first.Name, network.Owner(VirtualAddress).Interface);
        Host[] others = [second, client];
        Assert.All(others, host => Assert.Equal(3, host.Ping(VirtualAddress)));
        using var listener = client.Listen();
        var before = network.Owner(VirtualAddress);

        Claim(thief, kind);

        Deadline.Await("all claims are refused", () => network.Denied(thief, PortSecurityReasons.ArpSenderNotAllowed) == 3);
        var told = network.AwaitEvent("the refusal is told", told => string.Equals(told.Reason, PortSecurityReasons.ArpSenderNotAllowed.Name, StringComparison.Ordinal));
        Assert.Equal((EnforcerEventKind.Denial, thief.Port, thief.Mac), (told.Kind, told.Port, told.SourceAddress));
        Assert.Equal($"ARP sender {VirtualAddress} with {thief.Mac}; thief may use 10.0.0.66.", told.Detail);
        Assert.Equivalent(before, network.Owner(VirtualAddress), strict: true);
        Assert.All(others, host => Assert.Equal(first.Mac, host.Neighbor(VirtualAddress)));
        Assert.DoesNotContain(listener.Heard, heard => heard.Bytes.AsSpan(6, 6).SequenceEqual(OctetsOf(thief)));

        // Who may have it gets it in the same way.
        Claim(second, kind);
        Assert.Equal((second.Name, first.Name), (network.Owner(VirtualAddress).Interface, network.Owner(VirtualAddress).PreviousInterface));
        Deadline.Await("the others know", () => client.Neighbor(VirtualAddress) == second.Mac);
    }

    [Fact]
    public void A_host_whose_link_is_down_holds_nothing_until_it_says_so_again()
    {
        SystemProgram.Require("arping", "arping");
        using var network = new SwitchedNetwork();
        var first = network.AddHost("web-1", "10.0.0.11/24");
        var second = network.AddHost("web-2", "10.0.0.12/24");
        AddPairs(network, VirtualMacUse.None, first, second);
        network.Start();
        Claim(first, ["-U"]);
        Assert.Equal(first.Name, network.Owner(VirtualAddress).Interface);

        // The switch's own end of the wire stays as it is: only the link tells.
        first.Namespace.Ip("link", "set", Host.Interface, "down");
        Deadline.Await("nobody holds the address", () => network.Owner(VirtualAddress).Interface is null);
        Assert.Equal(first.Name, network.Owner(VirtualAddress).PreviousInterface);
        Assert.False(network.Statistics(first).IsPortUp);
        first.Namespace.Ip("link", "set", Host.Interface, "up");
        network.AwaitEvent("the port is back", told => told.Kind == EnforcerEventKind.PortUp);
        Announce(first, ["-U"]);
        Assert.Equal((first.Name, 0), (network.Owner(VirtualAddress).Interface, network.Owner(VirtualAddress).Changes));
    }

    /// <summary>Takes the address and says so three times, as a host does that begins to use it.</summary>
    private static void Claim(Host host, string[] kind)
    {
        host.Namespace.Ip("address", "add", VirtualAddress + "/32", "dev", Host.Interface);
        Announce(host, kind);
    }

    private static void Announce(Host host, string[] kind)
    {
        // It asks for its own address, so nobody answers, which arping takes for a failure.
        Command.Try("ip", ["netns", "exec", host.Namespace.Name, "arping", .. kind, "-i", Host.Interface, "-S", VirtualAddress, "-c", "3", "-W", "0.1", VirtualAddress]);
    }

    private static void AddPairs(SwitchedNetwork network, VirtualMacUse use, params Host[] hosts)
    {
        foreach (var host in hosts)
        {
            network.Change(writer => InterfaceCatalog.AddPair(writer, host.Name, VirtualAddress, use == VirtualMacUse.None ? null : VirtualRouter.VirtualMac));
        }
    }

    /// <summary>The numbers of the requests that were answered.</summary>
    private static List<int> Answers(HostProcess ping) =>
    [
        .. ping.Output.Split('\n')
            .Where(line => line.Contains(" time=", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split("icmp_seq=")[1].Split(' ')[0], CultureInfo.InvariantCulture)),
    ];

    private static bool IsEchoRequest((byte[] Bytes, int Length, long Timestamp) heard)
    {
        const int protocolAt = 23;
        const int typeAt = 34;
        return heard.Bytes is [_, _, _, _, _, _, _, _, _, _, _, _, 0x08, 0x00, ..] frame && frame[protocolAt] == 1 && frame[typeAt] == 8;
    }

    private static byte[] OctetsOf(Host host)
    {
        byte[] octets = new byte[6];
        host.Mac.CopyTo(octets);
        return octets;
    }
}
