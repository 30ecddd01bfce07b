using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;

namespace MacSegmentation.Dhcpv6;

/// <summary>Messages octet by octet, as RFC 9915 sections 8, 9 and 21, RFC 8947 section 11 and RFC 8948 section 5.1 draw them.</summary>
public sealed class WireTests
{
    private const string ClientOption = "0001 000a 0003 0001 02005e100001";

    /// <summary>IA_LL: IAID 0x11223344, T1 and T2 infinite; LLADDR: Ethernet, 6 octets, 3 extra addresses, infinite.</summary>
    private const string Association = "008a 0022 11223344 ffffffff ffffffff 008b 0012 0001 0006 02005e000010 00000003 ffffffff";

    [Fact]
    public void A_Solicit_is_written_as_the_RFCs_draw_it()
    {
        var message = new Dhcpv6Message
        {
            Type = Dhcpv6MessageType.Solicit,
            TransactionId = 0xABCDEF,
            Options =
            [
                new Dhcpv6Option(Dhcpv6OptionCode.ClientId, Duid.Of(MacAddress.Parse("02:00:5e:10:00:01")).ToArray()),
                new LinkLayerAssociation
                {
                    Iaid = 7,
                    Options =
                    [
                        new LinkLayerBlock { ExtraAddresses = 255 }.ToOption(),
                        QuadrantPreference.ToOption([new(SlapQuadrant.SAI, 200), new(SlapQuadrant.AAI, 10), new(SlapQuadrant.ELI, 1), new(SlapQuadrant.Reserved, 0)]),
                    ],
                }.ToOption(),
                new Dhcpv6Option(Dhcpv6OptionCode.RapidCommit, default),
            ],
        };
        Assert.Equal(
            Octets($"01 abcdef {ClientOption} 008a 002e 00000007 00000000 00000000 008b 0012 0001 0006 000000000000 000000ff 00000000 008c 0008 03c8 000a 0101 0200 000e 0000"),
            message.ToArray());
    }

    [Fact]
    public void A_Reply_is_read()
    {
        Assert.True(Dhcpv6Message.TryRead(Octets($"07 000001 {ClientOption} 0002 0012 0004 00112233445566778899aabbccddeeff {Association} 000d 0004 0000 4f4b"), out var message));
        Assert.Equal((Dhcpv6MessageType.Reply, 1), (message.Type, message.TransactionId));
        Assert.Equal("0003000102005e100001", message.ClientId?.Digits);
        Assert.Equal(Duid.Of(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), message.ServerId);
        Assert.Equal(new Dhcpv6Status(Dhcpv6StatusCode.Success, "OK"), Dhcpv6Status.Read(message.Options));
        Assert.True(LinkLayerAssociation.TryReadAll(message.Options, out var associations));
        var association = Assert.Single(associations);
        Assert.Equal((0x11223344u, uint.MaxValue, uint.MaxValue), (association.Iaid, association.T1, association.T2));
        Assert.Equal(MacRange.Parse("02:00:5e:00:00:10-02:00:5e:00:00:13"), association.Block?.ToRange());
        Assert.Equal((LinkLayerBlock.Infinity, 3u), (association.Block!.ValidLifetime, association.Block.ExtraAddresses));
        Assert.Equal(Octets(Association)[4..], association.ToOption().Value.ToArray());
    }

    [Fact]
    public void A_relayed_message_is_read_and_written()
    {
        byte[] octets = Octets("0c 01 20010db8000000000000000000000001 fe800000000000000000000000000002 0012 0004 65746830 0009 0004 0b 000009 0087 0002 0000");
        Assert.True(Dhcpv6RelayMessage.TryRead(octets, out var relay));
        Assert.Equal((Dhcpv6MessageType.RelayForward, 1, IPAddress.Parse("2001:db8::1"), IPAddress.Parse("fe80::2")), (relay.Type, relay.HopCount, relay.LinkAddress, relay.PeerAddress));
        Assert.Equal(octets, relay.ToArray());
        Assert.True(Dhcpv6Message.TryRead(relay.Inner!.Value, out var inner));
        Assert.Equal((Dhcpv6MessageType.InformationRequest, 9), (inner.Type, inner.TransactionId));
        Assert.False(Dhcpv6Message.TryRead(octets, out _));
        Assert.False(Dhcpv6RelayMessage.TryRead(inner.ToArray(), out _));
    }

    [Theory]
    [InlineData("00", "half a pair")]
    [InlineData("0001 03", "half a pair at the end")]
    public void Half_a_pair_of_quadrants_is_malformed(string octets, string why)
    {
        Assert.False(QuadrantPreference.TryRead(Octets(octets), out _), why);
        Assert.False(LinkLayerAssociation.TryRead(Octets($"00000001 00000000 00000000 008c {octets.Replace(" ", "", StringComparison.Ordinal).Length / 2:x4} {octets}"), out _), why);
    }

    [Fact]
    public void Of_a_quadrant_that_comes_twice_the_first_counts_and_unknown_ones_do_not()
    {
        Assert.True(QuadrantPreference.TryRead(Octets("00 05 01 09 00 ff 07 ff 03 09"), out var preferences));
        Assert.Equal([new(SlapQuadrant.AAI, 5), new(SlapQuadrant.ELI, 9), new(SlapQuadrant.SAI, 9)], preferences);
        Assert.Equal([SlapQuadrant.ELI, SlapQuadrant.SAI, SlapQuadrant.AAI], QuadrantPreference.Rank(preferences));
    }

    [Fact]
    public void A_message_that_ends_early_anywhere_is_none()
    {
        // Where an option ends, what is left is a whole message with fewer options.
        byte[] octets = Octets($"07 000001 {ClientOption} {Association}");
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.Equal(length is 4 or 18, Dhcpv6Message.TryRead(octets.AsMemory(0, length), out _));
        }

        byte[] association = Octets(Association)[4..];
        for (int length = 0; length < association.Length; length++)
        {
            Assert.Equal(length == 12, LinkLayerAssociation.TryRead(association.AsMemory(0, length), out _));
            Assert.False(LinkLayerBlock.TryRead(association.AsMemory(16, Math.Max(0, length - 16)), out _));
        }
    }

    [Theory]
    [InlineData("0001 0007 02005e000010 00000000 00000000")]
    [InlineData("0001 ffff 02005e000010 00000000 00000000")]
    [InlineData("0001 0006 02005e000010 00000000 00000000 0001")]
    [InlineData("0001 0006 02005e000010 00000000 00000000 0001 0009 00")]
    public void A_block_that_lies_about_its_length_is_malformed(string octets) => Assert.False(LinkLayerBlock.TryRead(Octets(octets), out _));

    [Fact]
    public void A_block_past_the_last_address_or_of_another_kind_has_no_range()
    {
        Assert.Null(new LinkLayerBlock { Address = Octets("fffffffffff0"), ExtraAddresses = 16 }.ToRange());
        Assert.NotNull(new LinkLayerBlock { Address = Octets("fffffffffff0"), ExtraAddresses = 15 }.ToRange());
        Assert.Null(new LinkLayerBlock { HardwareType = 6, Address = Octets("02005e0000000001") }.ToRange());
        Assert.Null(new LinkLayerBlock { HardwareType = 1, Address = Octets("02005e0000000001") }.ToRange());
    }

    [Fact]
    public void What_is_written_is_read_as_it_was() => Property.Holds(Messages, message =>
    {
        byte[] octets = message.ToArray();
        Assert.True(Dhcpv6Message.TryRead(octets, out var read));
        Assert.Equal((message.Type, message.TransactionId), (read.Type, read.TransactionId));
        Assert.Equal(octets, read.ToArray());
        Assert.True(LinkLayerAssociation.TryReadAll(message.Options, out var written));
        Assert.True(LinkLayerAssociation.TryReadAll(read.Options, out var associations));
        Assert.Equal(written.Select(association => Convert.ToHexString(association.ToOption().Value.Span)), associations.Select(association => Convert.ToHexString(association.ToOption().Value.Span)));
    });

    [Fact]
    public void Octets_of_any_kind_are_read_or_not_and_never_more() => Property.Holds(
        ArbMap.Default.GeneratorFor<byte[]>().SelectMany(head => Messages.Select(message => (Head: head, Tail: message.ToArray()))),
        pair =>
        {
            byte[][] all = [pair.Head, pair.Tail, [.. pair.Tail, .. pair.Head], [.. pair.Head, .. pair.Tail], Damage(pair.Tail, pair.Head)];
            foreach (byte[] octets in all)
            {
                if (Dhcpv6Message.TryRead(octets, out var message))
                {
                    Assert.Equal(octets, message.ToArray());
                    LinkLayerAssociation.TryReadAll(message.Options, out _);
                    Dhcpv6Status.Read(message.Options);
                    _ = (message.ClientId, message.ServerId);
                }

                if (Dhcpv6RelayMessage.TryRead(octets, out var relay))
                {
                    Assert.Equal(octets, relay.ToArray());
                }
            }
        },
        count: 1000);

    [Theory]
    [InlineData("00:03:00:01:02:00:5E:10:00:01")]
    [InlineData("duid:0003000102005e100001")]
    [InlineData("00-03-00-01-02-00-5e-10-00-01")]
    public void A_DUID_has_one_handle_however_it_is_written(string text)
    {
        Assert.Equal("duid:0003000102005e100001/0000000a", Duid.Parse(text).ToHandle(10).Text);
        Assert.Equal(Duid.Parse(text).ToHandle(10), Handles.DeviceHandle.Parse("DUID:00:03:00:01:02:00:5E:10:00:01/0000000A"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00:03")]
    [InlineData("0003000102005e10000")]
    [InlineData("zz:03:00:01")]
    public void What_is_no_DUID_is_refused(string text) => Assert.Equal("InvalidDuid", Assert.Throws<Errors.MacSegmentationException>(() => Duid.Parse(text)).ErrorId);

    internal static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static Gen<uint> Number => Gen.OneOf(Gen.Choose(0, 5).Select(number => (uint)number), Gen.Constant(uint.MaxValue), Gen.Choose(int.MinValue, int.MaxValue).Select(number => (uint)number));

    private static Gen<LinkLayerAssociation> AssociationOf => Number.SelectMany(iaid => Number.SelectMany(extra => Number.SelectMany(lifetime => Gen.Choose(0, 12).Select(length => new LinkLayerAssociation
    {
        Iaid = iaid,
        T1 = lifetime / 2,
        T2 = lifetime,
        Options =
        [
            new LinkLayerBlock { HardwareType = length == 6 ? 1 : length, Address = Enumerable.Repeat((byte)iaid, length).ToArray(), ExtraAddresses = extra, ValidLifetime = lifetime }.ToOption(),
            QuadrantPreference.ToOption([new(SlapQuadrant.ELI, (byte)extra)]),
            new Dhcpv6Status((Dhcpv6StatusCode)(extra % 7), "é" + extra).ToOption(),
        ],
    }))));

    private static Gen<Dhcpv6Message> Messages => Gen.Choose(1, 11).SelectMany(type => Gen.Choose(0, 0xFFFFFF).SelectMany(id => AssociationOf.ListOf().Select(associations => new Dhcpv6Message
    {
        Type = (Dhcpv6MessageType)type,
        TransactionId = id,
        Options = [new Dhcpv6Option(Dhcpv6OptionCode.ClientId, new byte[] { 0, 2, 3, 4 }), .. associations.Select(association => association.ToOption())],
    })));

    private static byte[] Damage(byte[] octets, byte[] by)
    {
        byte[] damaged = [.. octets];
        for (int i = 0; i < by.Length; i++)
        {
            damaged[(by[i] * 31 + i) % damaged.Length] ^= by[i];
        }

        return damaged;
    }
}
