using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Following;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Benchmarks.Changes;

/// <summary>How long policies take to compile, and a committed change of one of them to be in the table of a running enforcer.</summary>
internal sealed class ChangeMeasurement : IComparison
{
    private const int Vlan = 10;
    private const int Changes = 30;

    public string Name => "change";

    public string Description => "compiling a table, and the way of a change from its commit to the table in force";

    public void Run(string[] arguments)
    {
        foreach (int policies in new[] { 1_000, 100_000 })
        {
            string folder = Directory.CreateTempSubdirectory("macseg-bench-").FullName;
            try
            {
                Measure(Path.Join(folder, "store.db"), policies);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Measure(string path, int policies)
    {
        // Two handles of one file, as two processes have them.
        using var administrator = new StoreFactory().Open(new MacStoreOptions { Path = path });
        using var enforcer = new StoreFactory().Open(new MacStoreOptions { Path = path });
        administrator.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = Vlan }));
        int[] numbers = [.. Enumerable.Range(0, policies)];
        administrator.WriteEach(numbers, (w, i) => PolicyList.Add(w, Vlan, MacPattern.Exactly(Address(i)), MacPattern.Any, PolicyAction.Deny));

        var snapshot = enforcer.ReadSnapshot();
        double[] compiling = [.. Enumerable.Range(0, 7).Select(_ => Milliseconds(() => DecisionTable.Compile(snapshot))).Order()];
        Console.WriteLine($"{policies,9:N0} policies compile in {compiling[compiling.Length / 2]:F1} ms (median; slowest {compiling[^1]:F1} ms; goal for 100,000: under 500)");

        using var listener = new Listener();
        using var follower = new StoreFollower(enforcer);
        follower.Start(listener);
        var ways = new List<double>();
        for (int i = 0; i < Changes; i++)
        {
            var policy = administrator.Write(w => PolicyList.Add(w, Vlan, MacPattern.Exactly(Address(policies + i)), MacPattern.Any, PolicyAction.Drop));
            ways.Add(Milliseconds(() => listener.Await(table => table.Decide(Vlan, policy.SourceAddress.Value, 0).Action == PolicyAction.Drop)));
        }

        ways.Sort();
        Console.WriteLine($"{policies,9:N0} policies: a change is in force after {ways[ways.Count / 2]:F1} ms (median of {Changes}; slowest {ways[^1]:F1} ms; goal: 100)");
    }

    private static MacAddress Address(int number) => new(0x0200_0000_0000 + (ulong)number);

    private static double Milliseconds(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private sealed class Listener : ITableListener, IDisposable
    {
        private readonly AutoResetEvent changed = new(initialState: false);
        private volatile DecisionTable? table;

        public Action Prepare(ConfigurationSnapshot snapshot, DecisionTable table) => () =>
        {
            this.table = table;
            changed.Set();
        };

        public void OnTableFailed(Exception error) => throw new InvalidOperationException("The table was not put in force.", error);

        public void OnStoreLost(Exception error) => throw new InvalidOperationException("The store was lost.", error);

        public void OnStoreBack()
        {
        }

        public void OnStoreReplaced() => throw new InvalidOperationException("The store was replaced.");

        public void Await(Predicate<DecisionTable> condition)
        {
            while (table is not { } current || !condition(current))
            {
                changed.WaitOne();
            }
        }

        public void Dispose() => changed.Dispose();
    }
}
