using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Vlans;

namespace MacSegmentation.Switch;

/// <summary>Which frames a port takes and how they leave, against IEEE 802.1Q as one reads it: octet by octet.</summary>
public class TaggingTests
{
    private const ulong Here = 0x0200_0000_0001;
    private const ulong There = 0x0200_0000_0002;

    private static readonly Gen<(int Type, int Priority, int Vlan)> Tag =
        from type in Gen.Elements(0x8100, 0x88A8)
        from priority in Gen.Choose(0, 7)
        from vlan in Gen.Elements(0, 0, 1, 10, 10, 20, 30, 4094, 4095)
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

        // IEEE 802.1Q-2022 section 6.9: a VLAN identifier of the outermost tag, if it is not 0, else the port's.
        int? vlan = tags.Length > 0 && tags[0].Vlan != 0 ? tags[0].Vlan : untagged;
        bool carries = vlan is { } id && (port.Vlans.Contains(id) || id == port.NativeVlan || (port.IsUplink && port.Vlans.Count == 0 && id != 4095));

        // "Admit only untagged and priority-tagged frames" (section 6.9), for a tag behind another one too.
        bool isAsAdmitted = !isAccess || tags.Length == 0 || (tags.Length == 1 && tags[0].Vlan == 0);

        byte[] frame = TestFrame.Build(There, Here, tags);
        var membership = Of(port);
        Assert.True(FrameHeader.TryRead(frame, membership.UntaggedVlan, out var header));
        Assert.Equal(untagged ?? 0, membership.UntaggedVlan);
        Assert.Equal(carries, vlan is { } known && membership.Carries(known));
        Assert.Equal(carries && isAsAdmitted, membership.Admits(header, frame));
        Assert.Equal(vlan ?? 0, header.VlanId);
    }));

    [Fact]
    public void A_frame_leaves_with_the_tag_of_its_vlan_or_without_and_is_else_as_it_came() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
        Gen.Zip(Tags, Gen.Elements(20, 46, 1500, 20_000, 65_535)).ToArbitrary(),
        Gen.Elements(true, false).ArrayOf(4).ToArbitrary(),
        (drawn, copies) =>
        {
            const int Native = 7;
            var (tags, payload) = drawn;
            byte[] frame = TestFrame.Build(There, Here, tags, payload: payload);
            Assert.True(FrameHeader.TryRead(frame, Native, out var header));
            var tagger = new EgressTagger();
            foreach (byte[] other in new[] { TestFrame.Build(There, Here, [(0x8100, 3, 99)], payload: 60), frame })
            {
                Assert.True(FrameHeader.TryRead(other, Native, out var read));
                tagger.Begin();
                foreach (bool isTagged in copies)
                {
                    var left = tagger.Shape(new Frame(other, other.Length, timestamp: 42), read, isTagged);
                    Assert.Equal((left.Bytes.Length, 42L), (left.OriginalLength, left.Timestamp));
                    Assert.Equal(isTagged ? Tagged(other, Native) : Untagged(other), left.Bytes.ToArray());
                }
            }

            Assert.Equal(tags.Length > 0 && tags[0].Vlan != 0 ? tags[0].Vlan : Native, header.VlanId);
        }));

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
            tagger.Shape(new Frame(frame, frame.Length, 0), header, isTagged: false);
            tagger.Begin();
            tagger.Shape(new Frame(bare, bare.Length, 0), bareHeader, isTagged: true);
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

    private static bool HasTag(byte[] frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(12)) is 0x8100 or 0x88A8;

    private static byte[] Untagged(byte[] frame) => HasTag(frame) ? [.. frame[..12], .. frame[16..]] : frame;

    /// <summary>The tag that it has, with its VLAN if that was 0; else a customer tag of the lowest priority.</summary>
    private static byte[] Tagged(byte[] frame, int native)
    {
        if (!HasTag(frame))
        {
            return [.. frame[..12], 0x81, 0, (byte)(native >> 8), (byte)native, .. frame[12..]];
        }

        int control = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(14));
        int filled = (control & 0xFFF) == 0 ? control | native : control;
        return [.. frame[..14], (byte)(filled >> 8), (byte)filled, .. frame[16..]];
    }
}
