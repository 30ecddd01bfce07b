using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Errors;

namespace MacSegmentation.Captures;

/// <summary>Whatever happens to a file: frames, then at most one error of ours that names the file and the place.</summary>
public sealed class CaptureDamageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_file_that_ends_anywhere_gives_all_whole_frames_before_and_then_its_place(bool isNg, bool isBigEndian)
    {
        var whole = isNg ? SmallPcapNg(isBigEndian) : SmallPcap(isBigEndian);
        byte[] bytes = whole.ToArray();
        var all = CapturedFrame.ReadAll(folder.Write("whole", bytes)).Frames;
        Assert.Equal(whole.Boundaries[^1].Frames, all.Count);
        for (int length = 0; length < bytes.Length; length++)
        {
            (var frames, var error) = CapturedFrame.ReadAll(folder.Write("cut", bytes[..length]));
            (int begin, int before) = whole.Boundaries.LastOrDefault(boundary => boundary.End <= length);
            Assert.Equal(all[..before], frames);
            if (begin == length && length > 0)
            {
                Assert.Null(error);
                continue;
            }

            var told = Assert.IsType<MacSegmentationException>(error);
            Assert.Equal(length switch { 0 => "CaptureEmpty", < 4 => "CaptureNotRecognized", _ => "CaptureTruncated" }, told.ErrorId);
            Assert.Contains(folder.File("cut"), told.Message, StringComparison.Ordinal);
            Assert.True(length < 4 || told.Message.Contains($"byte {begin}.", StringComparison.Ordinal), told.Message);
        }
    }

    [Fact]
    public void Bytes_changed_anywhere_give_frames_and_at_most_one_error_of_ours()
    {
        byte[][] wholes = [SmallPcap(isBigEndian: false).ToArray(), SmallPcapNg(isBigEndian: true).ToArray(), SmallPcapNg(isBigEndian: false).ToArray()];
        var changes =
            from at in Gen.Choose(0, 10_000)
            from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0, 1, 0x7F, 0x80, 0xFF))
            select (At: at, Value: (byte)value);
        var damages =
            from whole in Gen.Elements(wholes)
            from list in changes.NonEmptyListOf()
            select list.Aggregate((byte[])whole.Clone(), (bytes, change) =>
            {
                bytes[change.At % bytes.Length] = change.Value;
                return bytes;
            });
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(damages.ToArbitrary(), bytes =>
            {
                (_, var error) = CapturedFrame.ReadAll(folder.Write("damaged", bytes));
                Assert.True(error is null or MacSegmentationException, error?.ToString());
            }));
    }

    [Theory]
    [InlineData(0x0004_0001u, 60u)]
    [InlineData(0xFFFF_FFFFu, 60u)]
    [InlineData(60u, 0x8000_0000u)]
    public void A_record_that_claims_an_impossible_length_is_damage(uint captured, uint original)
    {
        var good = SmallPcap(isBigEndian: false);
        byte[] bytes = [.. good.ToArray(), .. new CaptureBuilder(isBigEndian: false).U64(0).U32(captured).U32(original).ToArray(), .. new byte[60]];
        (var frames, var error) = CapturedFrame.ReadAll(folder.Write("damaged", bytes));
        Assert.Equal(good.Boundaries[^1].Frames, frames.Count);
        var told = Assert.IsType<MacSegmentationException>(error);
        Assert.Equal("CaptureDamaged", told.ErrorId);
        Assert.Contains($"byte {good.Boundaries[^1].End}", told.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static CaptureBuilder SmallPcap(bool isBigEndian) =>
        new CaptureBuilder(isBigEndian).Pcap().Record(1, 2, new byte[60]).Record(3, 4, [], original: 9).Record(5, 6, new byte[17]);

    private static CaptureBuilder SmallPcapNg(bool isBigEndian) => new CaptureBuilder(isBigEndian)
        .Section(isBigEndian).Interface(resolution: 9, offset: 5).Interface(snapLength: 30)
        .Enhanced(1, 8, new byte[33], comment: "odd"u8.ToArray()).Unknown(4, new byte[21]).Obsolete(0, 9, new byte[14])
        .Section(!isBigEndian).Interface().Simple(new byte[15], 15).Enhanced(0, 10, new byte[2]);
}
