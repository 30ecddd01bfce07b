using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Carriers;

/// <summary>The headers that take a partition's id along: their octets as the standards draw them, and any others.</summary>
public class CarrierTests
{
    private const int Option = 0x010201;
    private const int Rounds = 2000;

    private static readonly Gen<byte[]> Octets =
        from start in Gen.Elements(string.Empty, "08000000", "88000fa1", "88480fa1", "000065580013880", "02006558001388000102010100080fa1", "8909010100010fa1")
        from rest in Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0, 1, 8, 0x65, 0x58)), 48)
        from length in Gen.Choose(0, 64)
        select Convert.FromHexString(start[..(start.Length & ~1)]).Concat(rest.Select(octet => (byte)octet)).Take(length).ToArray();

    private static readonly Gen<PartitionTag> Tags =
        from id in Gen.Choose(0, ushort.MaxValue)
        from applied in Gen.Elements(true, false)
        from notLearned in Gen.Elements(true, false)
        select new PartitionTag((ushort)id, applied, notLearned);

    private static readonly Gen<int> Vnis = Gen.Choose(0, 0xFFFFFF);

    [Theory]
    [InlineData("0800000000138800", 5000, 0, false, false)]
    [InlineData("88000fa100138800", 5000, 4001, false, false)]
    [InlineData("88080fa100138800", 5000, 4001, true, false)]
    [InlineData("88400fa100138800", 5000, 4001, false, true)]
    [InlineData("8848ffffffffff00", 16_777_215, 65_535, true, true)]
    public void Vxlan_is_what_the_standard_and_the_draft_draw(string octets, int vni, int id, bool isApplied, bool isNotLearned)
    {
        var expected = new VxlanHeader(vni, new PartitionTag((ushort)id, isApplied, isNotLearned));
        Assert.True(VxlanHeader.TryRead(Convert.FromHexString(octets), hasGroups: true, out var header, out _));
        Assert.Equal(expected, header);
        byte[] written = new byte[VxlanHeader.Length];
        expected.Write(written);
        Assert.Equal(octets, Convert.ToHexStringLower(written));
    }

    [Theory]
    [InlineData("08000000001388", true, "CarrierTruncated")]
    [InlineData("", true, "CarrierTruncated")]
    [InlineData("0000000000138800", true, "CarrierMalformed")]
    [InlineData("0c00000000138800", true, "CarrierMalformed")]
    [InlineData("8000000000138800", true, "CarrierMalformed")]
    [InlineData("0800000000138801", true, "CarrierMalformed")]
    [InlineData("0800000100138800", true, "CarrierMalformed")]
    [InlineData("88010fa100138800", true, "CarrierMalformed")]
    [InlineData("88000fa100138800", false, "CarrierMalformed")]
    public void Vxlan_that_is_short_or_has_reserved_flags_is_refused(string octets, bool hasGroups, string reason)
    {
        Assert.False(VxlanHeader.TryRead(Convert.FromHexString(octets), hasGroups, out _, out var refusal));
        Assert.Equal(reason, refusal.Name);
    }

    [Theory]
    [InlineData("0000655800138800", 5000, 0, false, false, 8)]
    [InlineData("02006558001388000102010100080fa1", 5000, 4001, true, false, 16)]
    [InlineData("02006558001388000102010100400fa1", 5000, 4001, false, true, 16)]
    public void Geneve_is_what_the_standard_draws(string octets, int vni, int id, bool isApplied, bool isNotLearned, int length)
    {
        var tag = new PartitionTag((ushort)id, isApplied, isNotLearned);
        Assert.True(GeneveHeader.TryRead(Convert.FromHexString(octets), Option, out var header, out _));
        Assert.Equal(new GeneveHeader(vni, tag, length), header);
        byte[] written = new byte[GeneveHeader.TaggedLength];
        Assert.Equal(length, GeneveHeader.Write(written, vni, Option, tag));
        Assert.Equal(octets, Convert.ToHexStringLower(written.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("00006558001388", "CarrierTruncated")]
    [InlineData("0100655800138800", "CarrierTruncated")]
    [InlineData("4000655800138800", "CarrierMalformed")]
    [InlineData("0080655800138800", "CarrierMalformed")]
    [InlineData("0000080000138800", "CarrierMalformed")]
    [InlineData("01006558001388000102010100080fa1", "CarrierMalformed")]
    [InlineData("0100655800138800" + "01020100", "CarrierMalformed")]
    [InlineData("0400655800138800" + "0102010100080fa1" + "0102010100080fa1", "CarrierMalformed")]
    [InlineData("0100655800138800" + "ffff8000", "CriticalOption")]
    public void Geneve_that_is_short_or_not_true_is_refused(string octets, string reason)
    {
        Assert.False(GeneveHeader.TryRead(Convert.FromHexString(octets), Option, out _, out var refusal));
        Assert.Equal(reason, refusal.Name);
    }

    [Fact]
    public void Geneve_options_of_others_are_skipped_and_without_one_of_ones_own_all_are()
    {
        byte[] octets = Convert.FromHexString("0300655800138800" + "00000100" + "0102010100080fa1");
        Assert.True(GeneveHeader.TryRead(octets, Option, out var header, out _));
        Assert.Equal((4001, 20), (header.Tag.Id, header.Length));
        Assert.True(GeneveHeader.TryRead(octets, option: -1, out header, out _));
        Assert.Equal((default, 20), (header.Tag, header.Length));
    }

    [Fact]
    public void Cisco_metadata_is_what_Wireshark_reads()
    {
        byte[] octets = Convert.FromHexString("8909010100010fa10800");
        Assert.True(MetadataHeader.TryRead(octets, out ushort id, out _));
        Assert.Equal(4001, id);
        byte[] written = new byte[MetadataHeader.Length];
        MetadataHeader.Write(written, 4001);
        Assert.Equal(octets[..8], written);
    }

    [Theory]
    [InlineData("8909010100010fa1", "CarrierTruncated")]
    [InlineData("8909020100010fa10800", "CarrierMalformed")]
    [InlineData("8909010200010fa10800", "CarrierMalformed")]
    [InlineData("8909010100020fa10800", "CarrierMalformed")]
    [InlineData("0800010100010fa10800", "CarrierMalformed")]
    public void Cisco_metadata_that_is_short_or_of_another_version_is_refused(string octets, string reason)
    {
        Assert.False(MetadataHeader.TryRead(Convert.FromHexString(octets), out _, out var refusal));
        Assert.Equal(reason, refusal.Name);
    }

    [Fact]
    public void What_is_written_is_read_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Rounds),
        Prop.ForAll(Tags.Zip(Vnis).ToArbitrary(), given =>
        {
            var (tag, vni) = given;
            byte[] octets = new byte[GeneveHeader.TaggedLength];
            new VxlanHeader(vni, tag).Write(octets);
            Assert.True(VxlanHeader.TryRead(octets.AsSpan(0, VxlanHeader.Length), hasGroups: true, out var vxlan, out _));
            Assert.Equal(new VxlanHeader(vni, tag), vxlan);
            int length = GeneveHeader.Write(octets, vni, Option, tag);
            Assert.True(GeneveHeader.TryRead(octets.AsSpan(0, length), Option, out var geneve, out _));
            Assert.Equal(new GeneveHeader(vni, tag, length), geneve);
            Assert.Equal(tag, PartitionTag.Of(tag.Value));
        }));

    [Fact]
    public void Any_octets_are_read_or_refused_for_a_reason() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Rounds),
        Prop.ForAll(Octets.ToArbitrary(), octets =>
        {
            if (VxlanHeader.TryRead(octets, hasGroups: true, out var vxlan, out var refusal))
            {
                // What is taken in is what would be written, but for a group of nothing.
                byte[] written = new byte[VxlanHeader.Length];
                vxlan.Write(written);
                Assert.True(vxlan.Tag == default || written.AsSpan().SequenceEqual(octets.AsSpan(0, VxlanHeader.Length)));
            }
            else
            {
                Assert.StartsWith("Carrier", refusal.Name, StringComparison.Ordinal);
            }

            if (GeneveHeader.TryRead(octets, Option, out var geneve, out refusal))
            {
                Assert.InRange(geneve.Length, GeneveHeader.BareLength, octets.Length);
            }
            else
            {
                Assert.StartsWith("C", refusal.Name, StringComparison.Ordinal);
            }

            Assert.True(MetadataHeader.TryRead(octets, out _, out refusal) || refusal.Name.StartsWith("Carrier", StringComparison.Ordinal));
        }));
}
