using MacSegmentation.Ports;

namespace MacSegmentation.Pcap;

public class ArrivalPaceMeterTests
{
    [Fact]
    public void A_reader_that_has_read_nothing_waits_for_its_frames() => Assert.Equal(ArrivalPace.Quiet, default(ArrivalPaceMeter).Pace);

    [Theory]
    [InlineData(-1, nameof(ArrivalPace.Quiet))]
    [InlineData(0, nameof(ArrivalPace.Quiet))]
    [InlineData(3, nameof(ArrivalPace.Quiet))]
    [InlineData(4, nameof(ArrivalPace.Busy))]
    [InlineData(63, nameof(ArrivalPace.Busy))]
    [InlineData(64, nameof(ArrivalPace.Full))]
    public void The_last_batch_alone_tells_the_pace(int frames, string expected)
    {
        var meter = default(ArrivalPaceMeter);
        meter.Note(64);
        meter.Note(frames);
        Assert.Equal(expected, meter.Pace.ToString());
    }
}
