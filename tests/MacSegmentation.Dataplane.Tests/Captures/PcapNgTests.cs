using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;
using MacSegmentation.Frames;

namespace MacSegmentation.Captures;

public sealed class PcapNgTests : IDisposable
{
    private static readonly byte[] Octets = [.. Enumerable.Range(0, 200).Select(number => (byte)number)];

    private readonly TemporaryFolder folder = new();

    /// <summary>A section with its own byte order and interfaces, and blocks of every kind in between.</summary>
    private static Gen<Section> Sections =>
        from isBigEndian in ArbMap.Default.GeneratorFor<bool>()
        from interfaces in Interfaces.NonEmptyListOf()
        from packets in PacketsOf(interfaces.Count).ListOf()
        select new Section(isBigEndian, [.. interfaces], [.. packets]);

    private static Gen<Described> Interfaces =>
        from snapLength in Gen.Elements(0u, 40u, 65_535u)
        from resolution in Gen.Elements<byte?>(null, 0, 3, 6, 7, 9, 10, 12, 18, 50, 127, 0x80, 0x8A, 0x94, 0x9E, 0xBC, 0xFF)
        from offset in Gen.Elements<long?>(null, 0, 1_000_000_000, -3)
        select new Described(snapLength, resolution, offset);

    private static Gen<Packet> PacketsOf(int interfaces) =>
        from kind in Gen.Elements(2, 3, 6, 6, 6, 5, 0x0BAD)
        from index in Gen.Choose(0, interfaces - 1)
        from length in Gen.Choose(0, Octets.Length)
        from more in Gen.Elements(0, 0, 1, 1400)
        from seconds in Gen.Choose(5, 2_000_000_000)
        from part in Gen.Choose(0, 999_999)
        from comment in Gen.Elements(null, "why not"u8.ToArray())
        select new Packet(kind, index, length, length + more, seconds, part, comment);

    [Fact]
    public void Reads_sections_interfaces_clocks_and_blocks_of_every_kind() => Prop.ForAll(Sections.NonEmptyListOf().ToArbitrary(), sections =>
    {
        var builder = new CaptureBuilder(isBigEndian: false);
        var expected = new List<CapturedFrame>();
        foreach (var section in sections)
        {
            section.Write(builder, expected);
        }

        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("in.pcapng", builder.ToArray()));
        Assert.Null(error);
        Assert.Equal(expected, frames);

        CapturedFrame.Copy(folder.File("in.pcapng"), folder.File("out.pcap"));
        Assert.Equal(expected, CapturedFrame.ReadAll(folder.File("out.pcap")).Frames);
        CapturedFrame.Copy(folder.File("in.pcapng"), folder.File("out.pcapng"));
        Assert.Equal(expected, CapturedFrame.ReadAll(folder.File("out.pcapng")).Frames);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_block_of_no_interest_is_skipped_however_long_it_is()
    {
        byte[] capture = new CaptureBuilder(isBigEndian: true)
            .Section(bigEndian: true).Unknown(0x0BAD, new byte[5 << 20]).Interface().Enhanced(0, 7, Octets).Unknown(10, new byte[3 << 20])
            .Enhanced(0, 8, Octets, comment: new byte[60_000]).ToArray();
        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("long.pcapng", capture));
        Assert.Null(error);
        Assert.Equal([7_000L, 8_000L], frames.Select(frame => frame.Timestamp));
    }

    [Fact]
    public void A_capture_larger_than_what_is_read_at_once_is_read_whole()
    {
        var builder = new CaptureBuilder(isBigEndian: false).Section(bigEndian: false).Interface(resolution: 9);
        var random = new Random(4);
        for (uint i = 0; builder.Boundaries[^1].End < 5 << 20; i++)
        {
            builder.Enhanced(0, i, new byte[i % 50 == 0 ? 262_144 : random.Next(2000)]);
        }

        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("large.pcapng", builder.ToArray()));
        Assert.Null(error);
        Assert.Equal(Enumerable.Range(0, builder.Boundaries[^1].Frames).Select(number => (long)number), frames.Select(frame => frame.Timestamp));
    }

    public static TheoryData<string, byte[]> Damages => new()
    {
        { "an interface that is not described", Start().Enhanced(1, 0, Octets).ToArray() },
        { "a frame longer than its block", Start().Block(6, body => body.U32(0).U64(0).U32(4000).U32(4000)).ToArray() },
        { "a frame longer than any", Start().Block(6, body => body.U32(0).U64(0).U32(0x4_0001).U32(0)).ToArray() },
        { "a packet block without its fields", Start().Block(6, body => body.U32(0)).ToArray() },
        { "lengths that differ", [.. Start().Unknown(77, Octets).ToArray()[..^4], 1, 2, 3, 4] },
        { "a length that is no multiple of four", Start().Block(6, body => body.U32(0).U64(0).U64(0), claimedMore: 2).ToArray() },
        { "a section of no byte order", Start().Block(0x0A0D0D0A, body => body.U32(0x12345678).U64(0).U64(0)).ToArray() },
        { "an option longer than its block", Start().Block(1, body => body.U16(1).U16(0).U32(0).U16(9).U16(400)).ToArray() },
        { "a resolution without a value", Start().Block(1, body => body.U16(1).U16(0).U32(0).U16(9).U16(0)).ToArray() },
        { "a time beyond the year 2262", Start().Enhanced(0, 1UL << 54, Octets).ToArray() },
        { "a block beyond all measure", Start().Block(6, body => body.U32(0), claimedMore: 1 << 25).ToArray() },
    };

    [Fact]
    public void A_time_that_pcap_cannot_hold_is_written_as_pcapng_and_refused_as_pcap()
    {
        // 2106-02-07 06:28:15 is the last second that pcap has.
        const ulong late = (ulong)uint.MaxValue + 1;
        byte[] capture = Start().Enhanced(0, late * 1_000_000, Octets).Enhanced(0, (late * 1_000_000) + 7, [.. Octets, 1]).ToArray();
        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("late.pcapng", capture));
        Assert.Null(error);
        Assert.Equal([0L, (long)late * 1_000_000_000, ((long)late * 1_000_000_000) + 7000], frames.Select(frame => frame.Timestamp));

        string copy = folder.File("copy.pcapng");
        using (var sink = CaptureFileSink.Create(copy, CaptureFormat.Nanosecond))
        {
            Assert.All(frames, frame => Assert.True(sink.Send(new Frame(frame.Bytes, frame.Bytes.Length, frame.Timestamp))));
            sink.Flush();
        }

        (var copied, error) = CapturedFrame.ReadAll(copy);
        Assert.Null(error);
        Assert.Equal(frames, copied);

        string pcap = folder.File("late.pcap");
        using var other = CaptureFileSink.Create(pcap, CaptureFormat.Nanosecond);
        var refusal = Assert.Throws<MacSegmentationException>(() => frames.ForEach(frame => other.Send(new Frame(frame.Bytes, frame.Bytes.Length, frame.Timestamp))));
        Assert.Equal("CaptureTimeNotInPcap", refusal.ErrorId);
        Assert.Equal(
            $"A frame of 2106-02-07 06:28:16 UTC does not fit into '{pcap}': pcap counts seconds since 1970 with 32 bits, up to 2106-02-07. Give a name that ends in .pcapng.", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_told_with_its_place_after_the_frames_before_it(string what, byte[] capture)
    {
        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("damaged.pcapng", capture));
        var told = Assert.IsType<MacSegmentationException>(error);
        Assert.True(told.ErrorId is "CaptureDamaged", $"{what}: {told}");
        Assert.Contains($"byte {Start().ToArray().Length}", told.Message, StringComparison.Ordinal);
        Assert.Single(frames);
    }

    public void Dispose() => folder.Dispose();

    private static CaptureBuilder Start() =>
        new CaptureBuilder(isBigEndian: false).Section(bigEndian: false).Interface().Enhanced(0, 0, Octets);

    private sealed record Described(uint SnapLength, byte? Resolution, long? Offset)
    {
        /// <summary>The ticks of a time and the nanoseconds that they stand for, by exact arithmetic.</summary>
        public (ulong Ticks, long Nanoseconds) At(int seconds, int part)
        {
            byte resolution = Resolution ?? 6;
            var perSecond = resolution >= 0x80 ? BigInteger.Pow(2, resolution - 0x80) : BigInteger.Pow(10, resolution);
            var ticks = (seconds * perSecond) + (perSecond * part / 1_000_000);
            ticks = BigInteger.Min(ticks, ulong.MaxValue);
            var nanoseconds = (ticks * 1_000_000_000 / perSecond) + ((BigInteger)(Offset ?? 0) * 1_000_000_000);
            return nanoseconds >= 0 ? ((ulong)ticks, (long)nanoseconds) : At(seconds + 5, part);
        }
    }

    private sealed record Packet(int Kind, int Index, int Length, int Original, int Seconds, int Part, byte[]? Comment);

    private sealed record Section(bool IsBigEndian, Described[] Interfaces, Packet[] Packets)
    {
        public void Write(CaptureBuilder builder, List<CapturedFrame> expected)
        {
            builder.Section(IsBigEndian);
            foreach (var described in Interfaces)
            {
                builder.Interface(snapLength: described.SnapLength, resolution: described.Resolution, offset: described.Offset);
            }

            foreach (var packet in Packets)
            {
                Write(builder, packet, expected);
            }
        }

        private void Write(CaptureBuilder builder, Packet packet, List<CapturedFrame> expected)
        {
            byte[] bytes = Octets[..packet.Length];
            switch (packet.Kind)
            {
                case 2 or 6 when CanTell(packet, out ulong ticks, out long nanoseconds):
                    _ = packet.Kind == 2
                        ? builder.Obsolete(packet.Index, ticks, bytes, packet.Original)
                        : builder.Enhanced((uint)packet.Index, ticks, bytes, packet.Original, packet.Comment);
                    expected.Add(new CapturedFrame(bytes, packet.Original, nanoseconds));
                    break;
                case 3:
                    uint snapLength = Interfaces[0].SnapLength;
                    byte[] captured = snapLength == 0 ? bytes : bytes[..(int)Math.Min(snapLength, packet.Length)];
                    int original = snapLength == 0 || packet.Length < snapLength ? packet.Length : packet.Original;
                    builder.Simple(captured, original);
                    expected.Add(new CapturedFrame(captured, original, 0));
                    break;
                default:
                    builder.Unknown((uint)packet.Kind | 0x8000_0000, bytes);
                    break;
            }
        }

        /// <summary>A clock so fine that 64 bits of it end before its offset is made up for cannot tell any time.</summary>
        private bool CanTell(Packet packet, out ulong ticks, out long nanoseconds)
        {
            var clock = Interfaces[packet.Index];
            bool can = clock is not { Resolution: 18 or 50 or 127 or 0xBC or 0xFF, Offset: < 0 };
            (ticks, nanoseconds) = can ? clock.At(packet.Seconds, packet.Part) : (0, 0);
            return can;
        }
    }
}
