using System.Diagnostics;
using MacSegmentation.Benchmarks.Switch;
using MacSegmentation.Policies;
using MacSegmentation.Tracing;

namespace MacSegmentation.Benchmarks.Tracing;

/// <summary>What it costs to take one frame through a switch with a port for each record: the first time, the next times, and after a change of the configuration.</summary>
internal sealed class TraceComparison : IComparison
{
    private const int Rounds = 15;
    private const double GoalOfNext = 20;
    private const byte Syn = 0x02;

    public string Name => "trace";

    public string Description => "one frame through a traced switch of 10,000 and 100,000 records: first, next, after a change, and the memory of each";

    public void Run(string[] arguments)
    {
        foreach (int records in new[] { 10_000, 100_000 })
        {
            Measure(records);
        }
    }

    private static void Measure(int records)
    {
        var snapshot = SwitchWorkload.Configuration(records, policies: 1_000);
        var table = DecisionTable.Compile(snapshot);
        MacFrameTest? seen = null;
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        FrameTracer? tracer = null;
        var first = Cost(() =>
        {
            tracer = new FrameTracer(snapshot, table, SwitchWorkload.NameOf(1), nativeVlan: null, test => seen = test);
            tracer.Handle(SwitchWorkload.Segment(1, 2, flow: 0, Syn));
        });
        Require(seen, SwitchWorkload.NameOf(2));
        long kept = GC.GetTotalMemory(forceFullCollection: true) - heap;
        var next = new List<(double Milliseconds, long Bytes)>();
        var changed = new List<(double Milliseconds, long Bytes)>();
        for (int i = 1; i <= Rounds; i++)
        {
            int at = i;
            next.Add(Cost(() =>
            {
                tracer!.Begin(SwitchWorkload.NameOf(at), test => seen = test);
                tracer.Handle(SwitchWorkload.Segment(at, at + 1, flow: 0, Syn));
            }));
            Require(seen, SwitchWorkload.NameOf(at + 1));
        }

        for (int i = 1; i <= Rounds; i++)
        {
            int at = i;
            var record = snapshot.Interfaces[at];
            snapshot = snapshot with { Interfaces = snapshot.Interfaces.SetItem(at, record with { SecurityGroup = [.. record.SecurityGroup, "group-7"] }) };
            changed.Add(Cost(() =>
            {
                if (!tracer!.TryUse(snapshot, table))
                {
                    throw new InvalidOperationException("The tracer could not go on with a changed configuration.");
                }

                tracer.Begin(SwitchWorkload.NameOf(at), test => seen = test);
                tracer.Handle(SwitchWorkload.Segment(at, at + 1, flow: 0, Syn));
            }));
            Require(seen, SwitchWorkload.NameOf(at + 1));
        }

        Console.WriteLine(
            $"{records,7:N0} records: first trace {first.Milliseconds:F0} ms, {kept / 1e6:F1} MB kept ({kept / records:N0} bytes a record); "
            + $"next {Median(next):F2} ms (slowest {next.Max(cost => cost.Milliseconds):F2}; goal: under {GoalOfNext}), {next.Max(cost => cost.Bytes):N0} bytes; "
            + $"after a record's membership changed {Median(changed):F2} ms (slowest {changed.Max(cost => cost.Milliseconds):F2}), {changed.Max(cost => cost.Bytes):N0} bytes");
    }

    private static (double Milliseconds, long Bytes) Cost(Action act)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        act();
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private static void Require(MacFrameTest? seen, string to)
    {
        if (seen is not { IsForwarded: true } || !seen.To.SequenceEqual([to]))
        {
            throw new InvalidOperationException($"The traced frame did not reach {to}: {seen}. The figure is not what it says.");
        }
    }

    private static double Median(List<(double Milliseconds, long Bytes)> costs) => Medians.Of([.. costs.Select(cost => cost.Milliseconds)]);
}
