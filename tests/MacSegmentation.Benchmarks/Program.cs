using MacSegmentation.Benchmarks;
using MacSegmentation.Benchmarks.Allocations;
using MacSegmentation.Benchmarks.Switch;
using MacSegmentation.Benchmarks.Changes;
using MacSegmentation.Benchmarks.Decisions;
using MacSegmentation.Benchmarks.Emulation;
using MacSegmentation.Benchmarks.Files;
using MacSegmentation.Benchmarks.Live;
using MacSegmentation.Benchmarks.Neighbors;
using MacSegmentation.Benchmarks.NicMetrics;
using MacSegmentation.Benchmarks.Partitions;
using MacSegmentation.Benchmarks.Provision;
using MacSegmentation.Benchmarks.Servers;
using MacSegmentation.Benchmarks.Swaps;
using MacSegmentation.Benchmarks.Tracing;

IComparison[] comparisons =
[
    new DecisionComparison(),
    new FileComparison(),
    new LiveComparison(),
    new AllocationComparison(),
    new ChangeMeasurement(),
    new SwitchComparison(),
    new SwitchLiveComparison(),
    new BeforeComparison(),
    new SwapComparison(),
    new NeighborComparison(),
    new PartitionMeasurement(),
    new EmulationMeasurement(),
    new NicMetricMeasurement(),
    new TraceComparison(),
    new PartitionComparison(),
    new HandleComparison(),
    new ServiceComparison(),
    new JoinMeasurement(),
    new PostgresComparison(),
];
var chosen = comparisons.Where(comparison => args is ["all", ..] || (args.Length > 0 && string.Equals(comparison.Name, args[0], StringComparison.Ordinal))).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/MacSegmentation.Benchmarks -- NAME, where NAME is all or one of:");
    foreach (var comparison in comparisons)
    {
        Console.Error.WriteLine($"  {comparison.Name,-10} {comparison.Description}");
    }

    return 2;
}

foreach (var comparison in chosen)
{
    comparison.Run(args[1..]);
}

return 0;
