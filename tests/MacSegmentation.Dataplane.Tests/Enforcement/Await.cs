using MacSegmentation.Enforcement;
using MacSegmentation.Events;

namespace MacSegmentation.Enforcement;

/// <summary>Waits for what another thread does, with a deadline and without a fixed pause.</summary>
internal static class Await
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Asks until the condition holds.</summary>
    public static async Task Until(Func<bool> condition, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, $"Waited in vain: {what}.");
#pragma warning disable RS0030 // Between two questions: the condition ends the wait, not the time.
            await Task.Delay(1, TestContext.Current.CancellationToken);
#pragma warning restore RS0030
        }
    }

    public static Task End(PolicyEnforcer enforcer) => enforcer.Completion.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    /// <summary>All events of an enforcer that has ended.</summary>
    public static List<MacEnforcerEvent> Drain(PolicyEnforcer enforcer)
    {
        var events = new List<MacEnforcerEvent>();
        while (enforcer.Events.Reader.TryRead(out var happened))
        {
            events.Add(happened);
        }

        return events;
    }
}
