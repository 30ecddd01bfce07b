using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Captures;

public sealed class PcapTests : IDisposable
{
    /// <summary>The file's header and a part of the first record's.</summary>
    private const int FirstPiece = 30;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<bool, bool> Forms => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private static Gen<byte[]> Bytes(int maximum) =>
        from length in Gen.Choose(0, maximum)
        from bytes in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), length)
        select bytes;

    [Theory]
    [MemberData(nameof(Forms))]
    public void Reads_what_is_in_it_and_writes_it_again_byte_by_byte(bool isBigEndian, bool isNanosecond)
    {
        var records =
            from seconds in ArbMap.Default.GeneratorFor<uint>()
            from fraction in Gen.Choose(0, isNanosecond ? 999_999_999 : 999_999)
            from bytes in Bytes(200)
            from more in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 9000))
            select (Seconds: seconds, Fraction: (uint)fraction, Bytes: bytes, Original: bytes.Length + more);
        Prop.ForAll(records.ListOf().ToArbitrary(), list =>
        {
            var builder = new CaptureBuilder(isBigEndian).Pcap(isNanosecond, snapLength: 9018);
            foreach (var record in list)
            {
                builder.Record(record.Seconds, record.Fraction, record.Bytes, record.Original);
            }

            string path = folder.Write("in.pcap", builder.ToArray());
            (var frames, var error) = CapturedFrame.ReadAll(path);
            Assert.Null(error);
            Assert.Equal(
                list.Select(record => new CapturedFrame(
                    record.Bytes, record.Original, (record.Seconds * 1_000_000_000L) + (record.Fraction * (isNanosecond ? 1L : 1_000L)))),
                frames);

            CapturedFrame.Copy(path, folder.File("out.pcap"));
            Assert.Equal(builder.ToArray(), File.ReadAllBytes(folder.File("out.pcap")));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Records_that_lie_across_the_blocks_that_are_read_stay_whole(bool isBigEndian, bool isNanosecond)
    {
        // Ten times the memory that is read at once, with the longest frames that there are among short ones.
        var random = new Random(20);
        var builder = new CaptureBuilder(isBigEndian).Pcap(isNanosecond);
        for (int i = 0; builder.Boundaries[^1].End < 10 << 20; i++)
        {
            byte[] frame = new byte[i % 16 == 0 ? random.Next(200_000, 262_145) : random.Next(0, 9000)];
            random.NextBytes(frame);
            builder.Record((uint)i, 0, frame);
        }

        string path = folder.Write("long.pcap", builder.ToArray());
        CapturedFrame.Copy(path, folder.File("out.pcap"));
        Assert.Equal(builder.ToArray(), File.ReadAllBytes(folder.File("out.pcap")));
    }

    [Fact]
    public void The_link_field_keeps_what_it_says_of_the_check_sequence()
    {
        // Length of the check sequence present (bit 26) and 4 octets (2 units of 16 bits in the top bits).
        byte[] capture = new CaptureBuilder(isBigEndian: false).Pcap(linkField: 0x2400_0001).Record(1, 2, new byte[64]).ToArray();
        CapturedFrame.Copy(folder.Write("fcs.pcap", capture), folder.File("out.pcap"));
        Assert.Equal(capture, File.ReadAllBytes(folder.File("out.pcap")));
    }

    [Fact]
    public void A_header_without_records_is_a_capture_without_frames()
    {
        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("none.pcap", new CaptureBuilder(isBigEndian: true).Pcap().ToArray()));
        Assert.Empty(frames);
        Assert.Null(error);
    }

    [Fact]
    public async Task A_pipe_that_gives_its_bytes_in_pieces_is_read_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A named pipe is made with mkfifo, on Linux.");
        byte[] capture = new CaptureBuilder(isBigEndian: false).Pcap().Record(1, 2, new byte[64]).Record(3, 4, new byte[100]).ToArray();
        string pipe = folder.File("pipe");
        await Tool.Run("mkfifo", pipe);
        using var rest = new ManualResetEventSlim();
        var writing = Task.Run(() => WriteInTwoPieces(pipe, capture, rest), TestContext.Current.CancellationToken);
        using var source = CaptureFileSource.Open(pipe);
        Assert.Equal((FirstPiece, 0L), (source.BytesRead, source.TotalBytes));
        rest.Set();
        var frames = CapturedFrame.ReadAll(source);
        await writing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal([64, 100], frames.Select(frame => frame.OriginalLength));
    }

    public void Dispose() => folder.Dispose();

    private static void WriteInTwoPieces(string pipe, byte[] bytes, ManualResetEventSlim rest)
    {
        using var stream = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(bytes.AsSpan(0, FirstPiece));
        rest.Wait(TimeSpan.FromSeconds(30));
        stream.Write(bytes.AsSpan(FirstPiece));
    }
}
