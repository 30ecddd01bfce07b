using System.Buffers.Binary;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Lab.Network;
using MacSegmentation.Ports;
using MacSegmentation.Switch;

namespace MacSegmentation.Lab;

/// <summary>The switch and the kernel's bridge get the same frames in the same sequence: they must bring each to the same hosts.</summary>
public sealed class LearningTests
{
    private const int Experimental = 0x88b5;
    private const int Hosts = 4;
    private const int Frames = 300;

    private static readonly MacAddress Multicast = MacAddress.Parse("01:00:5e:00:00:05");
    private static readonly MacAddress LinkLocalControl = MacAddress.Parse("01:80:c2:00:00:0e");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_switch_brings_each_frame_to_the_hosts_that_the_kernels_bridge_brings_it_to(int seed)
    {
        using var network = new SwitchedNetwork();
        using var bridge = new BridgedNetwork();
        MacAddress[] macs = [.. Enumerable.Range(0, Hosts).Select(i => MacOf(0xa0 + i))];
        var switched = new Ends(macs.Select((mac, i) =>
            network.AddHost($"s{i}", mac, port => new SwitchPortSettings { Adapter = port, Vlans = [SwitchedNetwork.Vlan] })));
        var bridged = new Ends(macs.Select((mac, i) => bridge.AddHost($"b{i}", mac)));
        network.Start(new SwitchOptions { FloodUnknownUnicast = true });
        using (switched)
        using (bridged)
        {
            var random = new Random(seed);
            for (int number = 0; number < Frames; number++)
            {
                var (from, frame) = Next(random, number);
                switched.Send(from, frame, number);
                bridged.Send(from, frame, number);
            }

            Assert.Equal(bridged.HeardBy(), switched.HeardBy());
        }
    }

    [Theory]
    [InlineData(300, 5)]
    [InlineData(0, 0)]
    public void A_host_without_a_record_that_has_not_spoken_since_the_start_is_reached_while_its_port_is_learning(int learningPeriod, int answers)
    {
        using var network = new SwitchedNetwork();
        var silent = network.AddHost("silent", MacOf(0xb0), port => new SwitchPortSettings { Adapter = port, Vlans = [SwitchedNetwork.Vlan] });
        var far = network.AddHost("far", MacOf(0xb1), port => new SwitchPortSettings { Adapter = port, IsUplink = true, NativeVlan = SwitchedNetwork.Vlan });
        network.Start(new SwitchOptions { LearningPeriod = TimeSpan.FromSeconds(learningPeriod) });
        silent.Assign("10.76.0.1/24");
        far.Assign("10.76.0.2/24");

        // Both know each other's addresses from before, so nobody asks who has them.
        far.Namespace.Ip("neighbor", "replace", "10.76.0.1", "lladdr", MacOf(0xb0).ToString(), "dev", Host.Interface, "nud", "permanent");
        silent.Namespace.Ip("neighbor", "replace", "10.76.0.2", "lladdr", MacOf(0xb1).ToString(), "dev", Host.Interface, "nud", "permanent");
        Assert.Equal(answers, far.Ping("10.76.0.1", count: 5));
    }

    /// <summary>
    /// One of six stations speaks, mostly at its own place and sometimes at another, to one of them, to one that never speaks, or to many.
    /// </summary>
    private static (int From, byte[] Frame) Next(Random random, int number)
    {
        const int stations = 6;
        int station = random.Next(stations);
        int from = random.Next(10) == 0 ? random.Next(Hosts) : station % Hosts;
        var destination = random.Next(20) switch
        {
            < 13 => MacOf(random.Next(stations)),
            < 15 => MacOf(stations),
            < 17 => MacAddress.Broadcast,
            < 19 => Multicast,
            _ => LinkLocalControl,
        };

        // A bridge of the kernel learns from what it keeps to itself too; here nobody looks for who sent it.
        var source = MacOf(destination == LinkLocalControl ? stations + 1 : station);
        return (from, new FrameBuilder(source, destination).Ethernet(Experimental, Payload(number, isMarker: false)));
    }

    private static MacAddress MacOf(int station) => new(0x0200_0000_0100UL + (ulong)station);

    private static byte[] Payload(int number, bool isMarker) => [.. BitConverter.GetBytes(number), (byte)(isMarker ? 1 : 0)];

    /// <summary>The hosts of one of the two networks.</summary>
    private sealed class Ends(IEnumerable<Host> hosts) : IDisposable
    {
        private const int NumberAt = 14;
        private const int MarkAt = NumberAt + 4;

        private readonly (Listener Listener, Talker Talker, int Index)[] ends = [.. hosts.Select((host, i) => (host.Listen(), host.Talk(), i))];

        /// <summary>Sends a frame and waits until all is done with it: until a broadcast sent behind it is with all others.</summary>
        public void Send(int from, byte[] frame, int number)
        {
            ends[from].Talker.Send(frame, new FrameBuilder(MacOf(0xb0 + from), MacAddress.Broadcast).Ethernet(Experimental, Payload(number, isMarker: true)));
            Deadline.Await("the marker", () => ends.All(end => end.Index == from || Numbers(end.Listener, isMarker: true).Contains(number)));
        }

        /// <summary>Of each host the numbers of the frames that it heard.</summary>
        public int[][] HeardBy() => [.. ends.Select(end => Numbers(end.Listener, isMarker: false).ToArray())];

        public void Dispose()
        {
            foreach (var (listener, talker, _) in ends)
            {
                listener.Dispose();
                talker.Dispose();
            }
        }

        private static IEnumerable<int> Numbers(Listener listener, bool isMarker) => listener.Heard
            .Where(heard => (heard.Bytes[MarkAt] == 1) == isMarker)
            .Select(heard => BinaryPrimitives.ReadInt32LittleEndian(heard.Bytes.AsSpan(NumberAt)));
    }
}
