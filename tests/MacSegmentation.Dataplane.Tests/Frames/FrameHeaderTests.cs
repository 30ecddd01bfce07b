using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Frames;

public class FrameHeaderTests
{
    private const int Native = 77;

    private static readonly Gen<ulong> Addresses = ArbMap.Default.GeneratorFor<ulong>().Select(value => value & 0xFFFF_FFFF_FFFF);

    private static readonly Gen<(int Type, int Priority, int Vlan)> Tags =
        from type in Gen.Elements(0x8100, 0x88A8, 0x9100, 0x9200)
        from priority in Gen.Choose(0, 7)
        from vlan in Gen.OneOf(Gen.Choose(0, 4094), Gen.Elements(0, 1, 4094))
        select (type, priority, vlan);

    private static readonly Gen<Sample> Samples =
        from destination in Addresses
        from source in Addresses
        from count in Gen.Choose(0, 4)
        from tags in Gen.ArrayOf(Tags, count)
        from type in Gen.Elements(0x0800, 0x0806, 0x86DD, 0x0026, 0x9101, 0xFFFF)
        from payload in Gen.Choose(0, 60)
        select new Sample(destination, source, tags, type, payload);

    [Fact]
    public void Reads_the_addresses_and_the_vlan_of_any_frame() => Prop.ForAll(Samples.ToArbitrary(), sample =>
    {
        byte[] frame = sample.Build();
        Assert.True(FrameHeader.TryRead(frame, Native, out var header));
        Assert.Equal(sample.Destination, header.Destination);
        Assert.Equal(sample.Source, header.Source);
        Assert.Equal(sample.Vlan, header.VlanId);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_prefix_is_malformed_up_to_the_end_of_the_header_and_reads_the_same_from_there_on() =>
        Prop.ForAll(Samples.ToArbitrary(), sample =>
        {
            byte[] frame = sample.Build();
            int header = 14 + (4 * sample.Tags.Length);
            for (int length = 0; length <= frame.Length; length++)
            {
                // A copy of its own, so that nothing behind the prefix can be read by mistake.
                byte[] prefix = frame[..length];
                Assert.Equal(length >= header, FrameHeader.TryRead(prefix, Native, out var read));
                if (length >= header)
                {
                    Assert.Equal((sample.Destination, sample.Source, sample.Vlan), (read.Destination, read.Source, read.VlanId));
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Behind_priority_tags_the_first_tag_with_a_vlan_counts()
    {
        byte[] frame = TestFrame.Build(1, 2, [(0x8100, 5, 0), (0x9100, 0, 20), (0x8100, 0, 30)]);
        Assert.True(FrameHeader.TryRead(frame, Native, out var header));
        Assert.Equal((20, FrameTag.Vlan, 2, true), (header.VlanId, header.Tag, header.OuterTags, header.HasInnerTag));
        Assert.True(FrameHeader.TryRead(TestFrame.Build(1, 2, [(0x8100, 5, 0), (0x8100, 0, 0)]), Native, out header));
        Assert.Equal((Native, FrameTag.Priority, 2, false), (header.VlanId, header.Tag, header.OuterTags, header.HasInnerTag));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void A_stack_of_tags_has_an_end(int count, bool isRead) =>
        Assert.Equal(isRead, FrameHeader.TryRead(TestFrame.Build(1, 2, [.. Enumerable.Repeat((0x8100, 0, 10), count)]), Native, out _));

    [Theory]
    [InlineData(0x8100)]
    [InlineData(0x88A8)]
    [InlineData(0x9100)]
    [InlineData(0x9200)]
    public void Vlan_4095_is_malformed(int type)
    {
        Assert.False(FrameHeader.TryRead(TestFrame.Build(1, 2, [(type, 0, 4095)]), Native, out _));
        Assert.False(FrameHeader.TryRead(TestFrame.Build(1, 2, [(0x8100, 0, 10), (type, 0, 4095)]), Native, out _));
    }

    [Fact]
    public void A_length_in_the_type_field_is_no_tag()
    {
        byte[] frame = TestFrame.Build(0x0180_C200_0000, 2, [], type: 0x0026);
        Assert.True(FrameHeader.TryRead(frame, Native, out var header));
        Assert.Equal(Native, header.VlanId);
    }

    private sealed record Sample(ulong Destination, ulong Source, (int Type, int Priority, int Vlan)[] Tags, int Type, int Payload)
    {
        public int Vlan => Tags.Select(tag => tag.Vlan).FirstOrDefault(vlan => vlan != 0, Native);

        public byte[] Build() => TestFrame.Build(Destination, Source, Tags, Type, Payload);
    }
}
