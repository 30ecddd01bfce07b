using System.Diagnostics;

namespace MacSegmentation.Lab.Network;

/// <summary>Waits for a condition, for a bounded time.</summary>
public static class Deadline
{
    /// <summary>Asks again and again until the condition holds; fails the test if it does not in time.</summary>
    public static void Await(string what, Func<bool> condition, double seconds = 10)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {what}");
#pragma warning disable RS0030 // Between two questions: the condition ends the wait, not the time.
            Thread.Sleep(5);
#pragma warning restore RS0030
        }
    }
}
