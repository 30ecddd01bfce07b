using System.Diagnostics;

namespace MacSegmentation.Workers;

/// <summary>The wait of who serves queues, on whichever system this is.</summary>
public sealed class DueWaitTests : IDisposable
{
    private const long NanosecondsOfHour = 3_600_000_000_000;
    private readonly DueWait wait = new();

    public void Dispose() => wait.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(250_000)]
    [InlineData(3_000_000)]
    public void It_lasts_as_long_as_was_asked(long nanoseconds)
    {
        // A clock of the system may be read a little coarser than the timer goes.
        long started = Stopwatch.GetTimestamp();
        wait.Wait(nanoseconds);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMicroseconds(nanoseconds / 1000.0 * 0.9), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_ring_ends_the_wait_under_way_and_no_later_one()
    {
        var waiting = Task.Factory.StartNew(() => wait.Wait(NanosecondsOfHour), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        wait.Ring();
        await waiting;

        // Each ring ends one wait.
        long started = Stopwatch.GetTimestamp();
        wait.Wait(2_000_000);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(1.8));
    }

    [Fact]
    public void A_ring_before_the_wait_ends_it()
    {
        wait.Ring();
        wait.Ring();
        wait.Wait(NanosecondsOfHour);
    }
}
