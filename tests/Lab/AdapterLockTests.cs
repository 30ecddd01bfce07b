using MacSegmentation.Adapters;
using MacSegmentation.Errors;
using MacSegmentation.Lab.Network;
using MacSegmentation.LivePorts;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Lab;

/// <summary>One enforcer has an adapter at a time.</summary>
public sealed class AdapterLockTests
{
    [Fact]
    public void An_adapter_is_opened_once_by_whatever_name_and_again_when_it_was_given_back()
    {
        using var segment = new Segment();
        segment.Middle.Ip("link", "property", "add", "dev", "p1", "altname", "the-first");
        using (segment.Middle.Run(() => LivePort.Open("p1")))
        {
            foreach (string name in new[] { "p1", "the-first" })
            {
                var error = segment.Middle.Run(() => Assert.Throws<MacSegmentationException>(() => LivePort.Open(name)));
                Assert.Equal(("AdapterInUse", MacErrorKind.InUse), (error.ErrorId, error.Kind));
                Assert.StartsWith($"This process ({Environment.ProcessId}) enforces on {name} already", error.Message, StringComparison.Ordinal);
            }

            // A pair that fails gives back what it has taken.
            Assert.Equal("AdapterInUse", segment.Middle.Run(() => Assert.Throws<MacSegmentationException>(() => LivePair.Open("p2", "p1"))).ErrorId);
            using var other = segment.Middle.Run(() => LivePort.Open("p2"));

            // Adapters of other namespaces have the same numbers and are others.
            Assert.Equal(segment.HostA.Run(() => IndexOf("a0")), segment.HostB.Run(() => IndexOf("b0")));
            using var a = segment.HostA.Run(() => LivePort.Open("a0"));
            using var b = segment.HostB.Run(() => LivePort.Open("b0"));
        }

        segment.Middle.Run(() => LivePort.Open("p1")).Dispose();
    }

    [Fact]
    public void The_lock_follows_an_adapter_that_was_made_anew_unless_another_enforcer_has_that()
    {
        using var segment = new Segment();
        segment.Middle.Run(() =>
        {
            using var first = AdapterLock.Take("p1", "p1", IndexOf("p1"));
            var second = AdapterLock.Take("p2", "p2", IndexOf("p2"));
            Assert.True(first.TryFollow(IndexOf("p1")));
            Assert.False(first.TryFollow(IndexOf("p2")));
            Assert.True(first.TryFollow(IndexOf("p1")));
            second.Dispose();
            Assert.True(first.TryFollow(IndexOf("p2")));
            Assert.Throws<MacSegmentationException>(() => AdapterLock.Take("p2", "p2", IndexOf("p2")));
            AdapterLock.Take("p1", "p1", IndexOf("p1")).Dispose();
            return true;
        });
    }

    private static int IndexOf(string name)
    {
        using var socket = SocketHandle.ForQuestions();
        return new LinuxAdapter(socket.Descriptor, name).Index;
    }
}
