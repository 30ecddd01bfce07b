using System.Collections.Immutable;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace MacSegmentation.Benchmarks.Decisions;

/// <summary>The compiled table against itself at other sizes, and against the walk over the list.</summary>
internal sealed class DecisionComparison : IComparison
{
    private const int LongestWalk = 1_000;

    public string Name => "decide";

    public string Description => "a decision per frame with 1 to 1,000,000 policies, against the walk over the list";

    public void Run(string[] arguments)
    {
        // In this process: what is measured is a library, and a build of its own would need the project's whole environment.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance).WithIterationCount(8))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.Console)
            .AddFilter(new SimpleFilter(IsFeasible))
            .AddLogger(ConsoleLogger.Default);
        var reports = BenchmarkRunner.Run<DecisionBenchmark>(config).Reports;

        foreach (int hits in new[] { 0, 50 })
        {
            double one = Nanoseconds(reports, nameof(DecisionBenchmark.Table), 1, hits);
            double thousand = Nanoseconds(reports, nameof(DecisionBenchmark.Table), LongestWalk, hits);
            double million = Nanoseconds(reports, nameof(DecisionBenchmark.Table), 1_000_000, hits);
            double walk = Nanoseconds(reports, nameof(DecisionBenchmark.Walk), LongestWalk, hits);
            Console.WriteLine($"{hits} % of the frames decided by a policy:");
            Console.WriteLine($"  from 1 to 1,000,000 policies {one:F1} -> {million:F1} ns: {million / one:F2} times (goal: at most 3)");
            Console.WriteLine($"  with 1,000 policies, walk {walk:F0} ns against table {thousand:F1} ns: {walk / thousand:F0} times (goal: at least 200)");
        }

        long allocated = reports.Max(report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
        Console.WriteLine($"Allocated per frame: {allocated} bytes (goal: 0)");
    }

    /// <summary>Walking a million policies for each frame would take minutes and tell nothing new.</summary>
    private static bool IsFeasible(BenchmarkCase benchmark) =>
        string.Equals(benchmark.Descriptor.WorkloadMethod.Name, nameof(DecisionBenchmark.Table), StringComparison.Ordinal)
        || PoliciesOf(benchmark) <= LongestWalk;

    private static double Nanoseconds(ImmutableArray<BenchmarkReport> reports, string method, int policies, int hits) => reports.Single(report =>
        string.Equals(report.BenchmarkCase.Descriptor.WorkloadMethod.Name, method, StringComparison.Ordinal)
        && PoliciesOf(report.BenchmarkCase) == policies
        && (int)report.BenchmarkCase.Parameters[nameof(DecisionBenchmark.Hits)] == hits).ResultStatistics!.Median;

    private static int PoliciesOf(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(DecisionBenchmark.Policies)];
}
