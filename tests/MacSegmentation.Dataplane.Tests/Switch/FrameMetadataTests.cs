using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Switch;

/// <summary>What a frame brings beside its octets is with it on its way, also while it waits, and goes along with its copies.</summary>
public class FrameMetadataTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_takes_the_class_of_its_source_along_and_the_endpoint_that_its_destination_is_at(bool waits)
    {
        var clock = new ManualClock();
        MetadataSink[] sinks = [new("tunnel"), new("access")];
        var assignments = sinks.Select(sink => new SwitchPortAssignment(new SwitchPortSettings { Adapter = sink.Name, Vlans = [10] }, new MemorySource(sink.Name), sink)
        {
            IngressQueue = waits ? new FrameQueue(new DelayDiscipline(TimeSpan.FromMilliseconds(1))) : null,
        });
        var tested = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions { TimeProvider = clock }, new EnforcerEventQueue(capacity: 10));
        ((IForwardingEngine)tested).Prepare(Snapshot(), DecisionTable.Compile(Snapshot()))();
        tested.Ports[1].SourceClass = 9;

        // From an endpoint behind the tunnel, whose carrier says its class; and back, from a port that has one.
        byte[] there = Udp(MacA, All, A, "255.255.255.255");
        Pass(0, new Frame(there, there.Length, clock.Nanoseconds) { Endpoint = 3, CarrierTag = 7 });
        byte[] back = Udp(MacB, MacA, B, A);
        Pass(1, new Frame(back, back.Length, clock.Nanoseconds));
        Assert.Equal([(0, 7u)], sinks[1].Seen);
        Assert.Equal([(3, 9u)], sinks[0].Seen);

        void Pass(int port, in Frame frame)
        {
            var none = default(NoTrace);
            tested.Enter();
            tested.Forward(tested.Ports[port], frame, ref none);
            tested.Exit();
            clock.Advance(TimeSpan.FromMilliseconds(1));
            ((IForwardingEngine)tested).Ports[port].ServeQueues();
        }
    }

    private sealed class MetadataSink(string name) : IFrameSink
    {
        public string Name => name;

        public List<(int Endpoint, uint CarrierTag)> Seen { get; } = [];

        public bool Send(in Frame frame)
        {
            Seen.Add((frame.Endpoint, frame.CarrierTag));
            return true;
        }

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }
}
