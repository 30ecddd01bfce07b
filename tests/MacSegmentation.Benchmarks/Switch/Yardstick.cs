using System.Diagnostics;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;

namespace MacSegmentation.Benchmarks.Switch;

/// <summary>
/// The least that anything must do which forwards by address and remembers flows: read the headers up to the ports, and look up the destination among 10,000
/// addresses and the flow among those that are open, in the library's hash tables. Absolute figures do not travel from machine to machine; ratios to this do.
/// </summary>
internal sealed class Yardstick
{
    private readonly Dictionary<ulong, int> places =
        Enumerable.Range(0, 10_000).ToDictionary(record => AddressKey.Of(SwitchWorkload.Vlan, 0x0200_0000_0000 + (ulong)record));

    private readonly Dictionary<Flow, int> flows = [];
    private readonly byte[][] frames;

    private Yardstick(byte[][] frames)
    {
        this.frames = frames;
        foreach (byte[] frame in frames)
        {
            flows.Add(FlowOf(frame, out _), flows.Count);
        }
    }

    public static Yardstick For(IEnumerable<(int Port, byte[] Bytes)> frames) => new([.. frames.Select(frame => frame.Bytes)]);

    /// <summary>Nanoseconds a frame.</summary>
    public double Measure(int count)
    {
        long found = 0;
        int next = 0;
        long started = Stopwatch.GetTimestamp();
        for (int done = 0; done < count; done++)
        {
            var flow = FlowOf(frames[next], out ulong destination);
            found += places.ContainsKey(destination) ? 1 : 0;
            found += flows.ContainsKey(flow) ? 1 : 0;
            next = next + 1 == frames.Length ? 0 : next + 1;
        }

        double nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds / count;
        return found == 2L * count ? nanoseconds : throw new InvalidOperationException("The yardstick did not find what it looked up: the figure is not what it says.");
    }

    private static Flow FlowOf(byte[] frame, out ulong destination)
    {
        _ = FrameHeader.TryRead(frame, SwitchWorkload.Vlan, out var header);
        PacketHeader.Read(frame, frame.Length, out var packet);
        destination = AddressKey.Of(header.VlanId, header.Destination);
        return new Flow(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort, packet.Protocol);
    }

    private readonly record struct Flow(UInt128 Source, UInt128 Destination, int SourcePort, int DestinationPort, byte Protocol);
}
