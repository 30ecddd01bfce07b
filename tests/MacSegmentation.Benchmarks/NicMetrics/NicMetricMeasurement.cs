using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Switch;
using MacSegmentation.Enforcement;
using MacSegmentation.Following;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.ProfileRules;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Benchmarks.NicMetrics;

/// <summary>What 10,000 idle instances cost, whose metrics are measured each second and reported to a store in a file, and over which a rule watches: the processor time of the process.</summary>
internal sealed class NicMetricMeasurement : IComparison
{
    private const int Instances = 10_000;
    private const double Goal = 0.01;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    public string Name => "nicmetrics";

    public string Description => "the share of a core that 10,000 idle instances with metrics take, and with a profile rule that watches them";

    public void Run(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("macseg-nicmetrics-");
        try
        {
            using var store = new StoreFactory().Open(new MacStoreOptions { Path = Path.Join(folder.FullName, "lab.db") });
            Fill(store);
            using var follower = new StoreFollower(store, PolicyAction.Allow);
            SwitchPortAssignment[] ports = [.. Enumerable.Range(0, Instances).Select(number => (Wire: new NoWire($"memory{number}"), Name: $"vm-{number}"))
                .Select(port => new SwitchPortAssignment(new SwitchPortSettings { Adapter = port.Wire.Name, MacInterface = port.Name }, port.Wire, port.Wire))];

            // Not started: no thread waits for frames, and what is measured is the measuring.
            using var enforcer = new PolicyEnforcer(follower.Snapshot, follower.Table, new SwitchLayout(ports, new SwitchOptions()));
            Measure("nothing", Time / 3);
            using (new NicMetricReporter(store, enforcer))
            {
                Measure($"metrics of {Instances:N0} idle instances", Time);
                using (new ProfileRuleEvaluator(store, enforcer))
                {
                    Measure($"the same, and a profile rule over all of them", Time);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Fill(IMacStore store) => store.Write(writer =>
    {
        VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/32")] });
        var link = new LinkProfile { Bandwidth = BitRate.Parse("16mbit"), Latency = TimeSpan.FromMilliseconds(25) };
        ProfileCatalog.Create(writer, new MacProfile { Name = "dsl", Ingress = link, Egress = link });
        ProfileCatalog.Create(writer, new MacProfile { Name = "fibre" });
        SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "dsl" });
        ProfileRuleCatalog.Add(writer, new ProfileRuleRequest { UseProfile = "fibre", Session = "training", When = "EgressUtilization > 90% within 10s" });
        for (int number = 0; number < Instances; number++)
        {
            InstanceCatalog.Launch(writer, new InstanceRequest { Name = $"vm-{number}", Session = "training" });
        }

        return 0;
    });

    /// <summary>The first seconds, in which all is new, do not count.</summary>
    private static void Measure(string what, TimeSpan time)
    {
        Wait(TimeSpan.FromSeconds(15));
        var before = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        Wait(time);
        double share = (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(began);
        Console.WriteLine($"{what}: {share:P2} of a core over {time.TotalSeconds:0} s (goal: under {Goal:P0})");
    }

    private static void Wait(TimeSpan time) => Task.Delay(time).Wait();
}
