namespace MacSegmentation.Enforcement;

/// <summary>What stands beside an enforcer goes on whatever goes wrong, and ends when it is told to.</summary>
public sealed class WatchLoopTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ManualTime time = new();
    private readonly List<string> told = [];
    private int looks;

    [Fact]
    public void What_goes_wrong_is_told_once_until_it_is_right_again()
    {
        bool fails = true;
        using var loop = new WatchLoop(time, Interval, () => Look(fails), error => told.Add(error.Message));
        Assert.Equal(0, Looks(3));
        loop.Start(TimeSpan.Zero);
        Assert.InRange(Looks(3), 3, 4);
        Assert.Single(told);
        fails = false;
        Looks(1);
        fails = true;
        Looks(2);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void It_writes_when_it_is_asked_to_and_neither_looks_nor_writes_after_its_end()
    {
        int writes = 0;
        WatchLoop? loop = null;
        loop = new WatchLoop(time, Interval, () => loop!.BeginWriting(), error => told.Add(error.Message), () => writes++);
        loop.Start(Interval);
        time.Advance(Interval);
        time.Advance(TimeSpan.Zero);
        Assert.Equal((1, false), (writes, loop.IsWriting));
        var stopping = loop.Stopping;
        loop.Dispose();
        loop.Dispose();
        Assert.True(stopping.IsCancellationRequested);
        time.Advance(Interval * 5);
        Assert.Equal(1, writes);
        Assert.Empty(told);
    }

    [Fact]
    public void The_time_to_the_next_try_grows_to_a_minute()
    {
        var delay = WatchLoop.MinRetryDelay;
        for (int i = 0; i < 10; i++)
        {
            delay = WatchLoop.Longer(delay);
        }

        Assert.Equal(TimeSpan.FromMinutes(1), delay);
    }

    private int Looks(int intervals)
    {
        int before = looks;
        for (int i = 0; i < intervals; i++)
        {
            time.Advance(Interval);
        }

        return looks - before;
    }

    private void Look(bool fails)
    {
        looks++;
        if (fails)
        {
            throw new InvalidOperationException("not now");
        }
    }
}
