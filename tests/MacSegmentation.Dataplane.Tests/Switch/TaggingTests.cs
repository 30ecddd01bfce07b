using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Switch;

/// <summary>Which frames a port takes and how they leave, against IEEE 802.1Q as one reads it: octet by octet.</summary>
public class TaggingTests
{
    private const ulong Here = 0x0200_0000_0001;
    private const ulong There = 0x0200_0000_0002;

    private static readonly Gen<(int Type, int Priority, int Vlan)> Tag =
        from type in Gen.Elements(0x8100, 0x88A8, 0x9100, 0x9200)
        from priority in Gen.Choose(0, 7)
        from vlan in Gen.Elements(0, 0, 1, 10, 10, 20, 30, 4094)
        select (type, priority, vlan);

    private static readonly Gen<(int Type, int Priority, int Vlan)[]> Tags =
        from count in Gen.Frequency((2, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
        from tags in Tag.ArrayOf(count)
        select tags;

    private static readonly Gen<SwitchPortSettings> Settings =
        from isUplink in Gen.Elements(true, false)
        from vlans in Gen.SubListOf(1, 10, 20, 4094)
        from native in Gen.Elements<int?>(null, 10, 20, 30)
        where isUplink || vlans.Count > 0 || native is not null
        select new SwitchPortSettings { Adapter = "tested", IsUplink = isUplink, Vlans = [.. vlans], NativeVlan = native };

    [Fact]
    public void A_port_takes_the_frames_of_its_vlans_as_it_carries_them() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Tags.ToArbitrary(), Settings.ToArbitrary(), (tags, port) =>
    {
        port.Validate();
        bool isAccess = !port.IsUplink && port.Vlans.Count == 1 && port.NativeVlan is null;
        int? untagged = isAccess ? port.Vlans[0] : port.NativeVlan;

        // IEEE 802.1Q-2022 section 6.9: the first VLAN identifier that is not 0, else the port's.
        var named = tags.SkipWhile(tag => tag.Vlan == 0).ToList();
        int? vlan = named.Count > 0 ? named[0].Vlan : untagged;
        bool carries = vlan is { } id && (port.Vlans.Contains(id) || id == port.NativeVlan || (port.IsUplink && port.Vlans.Count == 0 && id != 4095));

        // "Admit only untagged and priority-tagged frames" (section 6.9), for a tag behind another one too.
        bool isAsAdmitted = !isAccess || tags.Length == 0 || (tags.Length == 1 && tags[0].Vlan == 0);

        byte[] frame = TestFrame.Build(There, Here, tags);
        var membership = Of(port);
        Assert.True(FrameHeader.TryRead(frame, membership.UntaggedVlan, out var header));
        Assert.Equal(untagged ?? 0, membership.UntaggedVlan);
        Assert.Equal(carries, vlan is { } known && membership.Carries(known));
        Assert.Equal(carries && isAsAdmitted, membership.Admits(header));
        Assert.Equal(vlan ?? 0, header.VlanId);
    }));

    [Fact]
    public void A_frame_leaves_with_the_tag_of_its_vlan_or_without_and_is_else_as_it_came() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
        Gen.Zip(Tags, Gen.Elements(20, 46, 1500, 20_000, 65_535)).ToArbitrary(),
        Gen.Elements(0, 0, 0x8100, 0x8100, 0x88A8).ArrayOf(4).ToArbitrary(),
        (drawn, copies) =>
        {
            const int Native = 7;
            var (tags, payload) = drawn;
            (int, int, int)[] otherTags = [(0x8100, 3, 99)];
            var tagger = new EgressTagger();
            foreach (var (sent, octets) in new[] { (otherTags, 60), (tags, payload) })
            {
                byte[] frame = TestFrame.Build(There, Here, sent, payload: octets);
                Assert.True(FrameHeader.TryRead(frame, Native, out var read));
                tagger.Begin();
                foreach (int type in copies)
                {
                    var left = tagger.Shape(new Frame(frame, frame.Length, timestamp: 42), read, type);
                    Assert.Equal((left.Bytes.Length, 42L), (left.OriginalLength, left.Timestamp));
                    Assert.Equal(TestFrame.Build(There, Here, Leaving(sent, type, Native), payload: octets), left.Bytes.ToArray());
                }
            }
        }));

    [Theory]
    [InlineData(0x8100, 10)]
    [InlineData(0x9100, 10)]
    [InlineData(0x88A8, 0)]
    public void Vlan_4095_is_malformed_wherever_it_stands(int outer, int vlan)
    {
        var bridge = new TestBridge(Allowing, [Trunk("a"), Trunk("b")]);
        Assert.StartsWith("Drop Malformed", bridge.Send("a", Frame((outer, 0, vlan), (0x8100, 0, 4095))));
        Assert.StartsWith("Drop Malformed", bridge.Send("a", Frame((outer, 0, 4095))));
    }

    [Theory]
    [InlineData(0x8100, 0x8100)]
    [InlineData(0x88A8, 0x8100)]
    [InlineData(0x8100, 0x9100)]
    [InlineData(0x9200, 0x88A8)]
    public void A_priority_tag_hides_no_vlan(int outer, int inner)
    {
        var bridge = new TestBridge(Allowing, [Trunk("a") with { NativeVlan = 1 }, Trunk("b") with { NativeVlan = 1 }, Access("one", 1), Access("ten", 10)]);
        byte[] frame = Frame((outer, 6, 0), (inner, 3, 10));
        var (_, left) = bridge.Pass("a", frame);

        // It is VLAN 10's, and leaves with one tag: the port's, with the priority of the tag that counts.
        Assert.Equal(["b", "ten"], left.Select(copy => copy.Port));
        Assert.Equal(Frame((0x8100, 3, 10)), left[0].Frame);
        Assert.Equal(Frame(), left[1].Frame);
        Assert.StartsWith("Drop VlanNotAllowed", bridge.Send("one", frame));
    }

    [Theory]
    [InlineData(0x8100, 0x8100)]
    [InlineData(0x88A8, 0x8100)]
    [InlineData(0x8100, 0x9100)]
    public void Who_takes_a_tag_off_uncovers_no_other(int outer, int inner)
    {
        var bridge = new TestBridge(Allowing, [Trunk("a"), Trunk("native") with { NativeVlan = 10 }, Access("ten", 10), Access("twenty", 20)]);
        byte[] stacked = Frame((outer, 0, 10), (inner, 0, 20));
        Assert.Equal("Drop InnerTag", bridge.Send("a", stacked));
        Assert.Equal(2, bridge.Ports.Sum(port => port.FramesRefused));
    }

    [Fact]
    public void A_port_that_carries_QinQ_takes_customers_tags_and_gives_them_back()
    {
        var bridge = new TestBridge(
            Allowing, [Trunk("a") with { TagType = 0x88A8 }, Access("customer", 10) with { QinQ = true }, Access("ten", 10), Access("twenty", 20)]);
        byte[] customers = Frame((0x8100, 2, 20));
        var (_, left) = bridge.Pass("customer", customers);
        Assert.Equal(["a"], left.Select(copy => copy.Port));
        Assert.Equal(Frame((0x88A8, 0, 10), (0x8100, 2, 20)), left[0].Frame);
        Assert.Equal(customers, Assert.Single(bridge.SendAndSee("a", Frame((0x88A8, 0, 10), (0x8100, 2, 20)), "customer")));

        // Without a customer's tag it is a VLAN as any.
        Assert.Equal(Frame(), Assert.Single(bridge.SendAndSee("customer", Frame(), "ten")));
    }

    [Fact]
    public void The_tag_that_is_written_is_the_ports_whatever_came()
    {
        var bridge = new TestBridge(Allowing, [Access("ten", 10), Trunk("a"), Trunk("b") with { TagType = 0x9100 }]);
        var (_, left) = bridge.Pass("ten", Frame((0x88A8, 5, 0)));
        Assert.Equal([Frame((0x8100, 5, 10)), Frame((0x9100, 5, 10))], left.Select(copy => copy.Frame));
    }

    [Fact]
    public void A_usual_frame_is_shaped_without_allocation()
    {
        byte[] frame = TestFrame.Build(There, Here, [(0x8100, 0, 10)], payload: 9000);
        byte[] bare = TestFrame.Build(There, Here, [], payload: 9000);
        Assert.True(FrameHeader.TryRead(frame, 0, out var header) & FrameHeader.TryRead(bare, 10, out var bareHeader));
        var tagger = new EgressTagger();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            tagger.Begin();
            tagger.Shape(new Frame(frame, frame.Length, 0), header, tagType: 0);
            tagger.Begin();
            tagger.Shape(new Frame(bare, bare.Length, 0), bareHeader, tagType: 0x8100);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("10,20", null, "10,20")]
    [InlineData("10,20-29,4094", 20, "10,20u,21-29,4094")]
    [InlineData("", 5, "5u")]
    [InlineData("1-3", 2, "1,2u,3")]
    public void Vlans_are_told_as_a_list(string vlans, int? native, string told)
    {
        int[] list = [.. vlans.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(part =>
        {
            int[] ends = [.. part.Split('-').Select(int.Parse)];
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        })];
        Assert.Equal(told, Of(new SwitchPortSettings { Adapter = "told", Vlans = list, NativeVlan = native }).ToString());
    }

    [Fact]
    public void An_uplink_without_vlans_carries_all_that_there_are() =>
        Assert.Equal("1-4094", Of(new SwitchPortSettings { Adapter = "up", IsUplink = true }).ToString());

    private static VlanMembership Of(SwitchPortSettings settings)
    {
        var memory = new MemorySource(settings.Adapter);
        return new SwitchPort(0, new SwitchPortAssignment(settings, memory, new MemorySink(settings.Adapter))).MembershipWith(record: null);
    }

    private static ConfigurationSnapshot Allowing => new(1, [.. new[] { 1, 10, 20 }.Select(vlan => new VlanPolicies(vlan, PolicyAction.Allow, []))]);

    private static SwitchPortSettings Trunk(string name) => new() { Adapter = name, Vlans = [10, 20] };

    private static SwitchPortSettings Access(string name, int vlan) => new() { Adapter = name, Vlans = [vlan] };

    private static byte[] Frame(params (int Type, int Priority, int Vlan)[] tags) => TestFrame.Build(0xFFFF_FFFF_FFFF, Here, tags, payload: 46);

    /// <summary>The tags up to the first with a VLAN are the frame's: none of them leaves, or one with that tag's priority.</summary>
    private static (int Type, int Priority, int Vlan)[] Leaving((int Type, int Priority, int Vlan)[] tags, int type, int native)
    {
        int named = Array.FindIndex(tags, tag => tag.Vlan != 0);
        (int Type, int Priority, int Vlan)[] outer = named < 0 ? tags : tags[..(named + 1)];
        var inner = tags[outer.Length..];
        return type == 0 ? inner : [(type, outer.Length > 0 ? outer[^1].Priority : 0, named < 0 ? native : tags[named].Vlan), .. inner];
    }
}
