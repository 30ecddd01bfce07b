using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Lab.Network;
using MacSegmentation.NetworkSessions;

namespace MacSegmentation.Attaching;

/// <summary>A running switch makes the adapters that instances wish for, forwards what they send, and leaves nothing behind.</summary>
public sealed class AttachTests
{
    [Theory]
    [InlineData(AttachmentKind.Veth)]
    [InlineData(AttachmentKind.Tap)]
    public void An_instance_that_comes_and_goes_while_the_switch_runs_has_its_port(AttachmentKind kind)
    {
        using var scene = new AttachScene();
        scene.Attach();
        var instance = scene.Launch("student-1", kind);
        Assert.Equal("ms-student-1", instance.AttachAdapter);
        using (var machine = scene.Use(instance))
        {
            Assert.Contains(instance.MacAddress.ToString(), machine.Ip("link", "show", "ms-student-1"), StringComparison.Ordinal);
            Deadline.Await("the instance's machine answers", () => scene.Far.Ping("10.0.0.2", 1, 1) == 1, 20);
            Assert.Equal(20, machine.Ping(AttachScene.HostAddress, 20, 2).Count);
            var port = Assert.Single(scene.Enforcer.GetStatistics().Ports, port => string.Equals(port.Interface, "student-1", StringComparison.Ordinal));
            Assert.True(port is { IsPortUp: true, FramesSent: >= 20, Counts.FramesIn: >= 20 }, $"{port}");

            // A whole segment of TCP passes: nobody hands over unfinished or merged frames.
            machine.Execute("ping", "-c", "3", "-s", "1472", "-M", "do", AttachScene.HostAddress);

            scene.Remove("student-1");
            scene.Await("mp-student-1", isThere: false);
            Deadline.Await("the machine has no adapter any more", () => !machine.Ip("link").Contains("ms-student-1", StringComparison.Ordinal), 20);
            scene.AwaitEvent(EnforcerEventKind.InstanceDetached, "student-1");
            Assert.DoesNotContain(scene.Enforcer.GetStatistics().Ports, port => string.Equals(port.Interface, "student-1", StringComparison.Ordinal));
        }

        // The neighbour's port, and the next instance at the same spare port, are as they were.
        var next = scene.Launch("student-2", kind, address: "10.0.0.3/24");
        using var other = scene.Use(next, "10.0.0.3/24");
        Deadline.Await("the next instance's machine answers", () => scene.Far.Ping("10.0.0.3", 1, 1) == 1, 20);
        scene.Detach();
        Assert.False(scene.HasLink("mp-student-2"));

        // A TAP device goes when nobody waits for its descriptor any more: that is within a round of the switch.
        Deadline.Await("the adapter is gone", () => !other.Ip("link").Contains("ms-student-2", StringComparison.Ordinal), 5);
    }

    [Fact]
    public void A_wish_that_goes_or_changes_is_followed_and_who_is_named_counts()
    {
        using var scene = new AttachScene();
        scene.Attach();
        scene.Launch("a", AttachmentKind.Veth, by: "LAB");
        scene.Launch("b", AttachmentKind.Veth, by: "elsewhere", address: "10.0.0.3/24");
        scene.Await("mp-a", isThere: true);
        scene.Write(writer => InstanceCatalog.Change(writer, "a", new InstanceChange { Attach = AttachmentKind.Tap }));
        scene.Await("mp-a", isThere: false);
        scene.Await("ms-a", isThere: true);
        scene.Write(writer => InstanceCatalog.Change(writer, "a", new InstanceChange { Attach = AttachmentKind.None }));
        scene.Await("ms-a", isThere: false);
        Assert.False(scene.HasLink("ms-b"));
        scene.Write(writer => InstanceCatalog.Change(writer, "b", new InstanceChange { AttachEnforcer = string.Empty }));
        scene.Await("ms-b", isThere: true);

        // Somebody removes it: it comes again.
        scene.Middle.Ip("link", "delete", "ms-b");
        scene.Await("ms-b", isThere: true);
    }

    [Fact]
    public void More_instances_than_ports_are_told_of_and_have_theirs_when_one_is_free()
    {
        using var scene = new AttachScene(limit: 1);
        scene.Attach();
        scene.Launch("a", AttachmentKind.Veth);
        scene.Await("ms-a", isThere: true);
        scene.Launch("b", AttachmentKind.Veth, address: "10.0.0.3/24");
        Assert.Contains("-AttachmentLimit", scene.AwaitEvent(EnforcerEventKind.AttachFailed, "b").Message, StringComparison.Ordinal);
        scene.Remove("a");
        scene.Await("ms-b", isThere: true);
    }

    [Fact]
    public void A_name_that_is_taken_is_told_of_and_somebody_else_s_adapter_stays()
    {
        using var scene = new AttachScene();
        scene.Middle.Ip("link", "add", "mp-a", "type", "veth", "peer", "name", "theirs");
        scene.Attach();
        scene.Launch("a", AttachmentKind.Veth);
        Assert.Contains("there is an adapter ms-a or mp-a already", scene.AwaitEvent(EnforcerEventKind.AttachFailed, "a").Message, StringComparison.Ordinal);
        Assert.True(scene.HasLink("theirs"));
        scene.Middle.Ip("link", "delete", "theirs");
        scene.Await("ms-a", isThere: true);
    }

    /// <summary>A veth pair that was made and did not have its alias yet when its maker was killed.</summary>
    [Fact]
    public void What_was_cut_short_is_made_anew()
    {
        using var scene = new AttachScene();
        scene.Middle.Ip("link", "add", "mp-a", "group", $"{NetworkLinks.Group}", "type", "veth", "peer", "name", "ms-a");
        scene.Attach();
        scene.Launch("a", AttachmentKind.Veth);
        scene.AwaitEvent(EnforcerEventKind.InstanceAttached, "a");
        Assert.Contains("alias macsegmentation:", scene.Middle.Ip("link", "show", "mp-a"), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Events, told => told.Kind == EnforcerEventKind.AttachFailed);
    }

    [Theory]
    [InlineData(AttachmentKind.Veth)]
    [InlineData(AttachmentKind.Tap)]
    public void Without_the_right_it_says_so_and_the_switch_goes_on(AttachmentKind kind)
    {
        using var scene = new AttachScene();
        scene.Attach(withRights: false);
        scene.Launch("a", kind);
        Assert.Contains("CAP_NET_ADMIN", scene.AwaitEvent(EnforcerEventKind.AttachFailed, "a").Message, StringComparison.Ordinal);
        Assert.False(scene.HasLink("ms-a"));
        Assert.Equal(Enforcement.EnforcerState.Running, scene.Enforcer.State);
    }
}
