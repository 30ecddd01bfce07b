namespace MacSegmentation.Benchmarks.Live;

/// <summary>
/// This build's macseg against another one, such as that of the state before a change: whole processes on the same wires, in turn. The argument is the path of the
/// other's executable, which is given all that it is given here; a second one chooses one comparison.
/// </summary>
internal sealed class BeforeComparison : IComparison
{
    private const int Rounds = 7;
    private const double Goal = 0.95;
    private const double GoalOfProcessorTime = 0.9;

    /// <summary>Of what the sender reaches at most.</summary>
    private const double PartOfOffer = 0.8;

    private static readonly string[] OnSecondCore = ["taskset", "-c", "1"];

    public string Name => "before";

    public string Description => "live, cpu and switchlive against another macseg: -- before PATH [live|cpu|switchlive]";

    public void Run(string[] arguments)
    {
        string other = Path.GetFullPath(arguments[0]);
        foreach (string chosen in arguments.Length > 1 ? arguments[1..] : ["live", "cpu", "switchlive"])
        {
            foreach (int length in new[] { 64, 1514 })
            {
                Action<string, int> compare = chosen switch
                {
                    "live" => CompareLive,
                    "cpu" => CompareProcessorTime,
                    "switchlive" => CompareSwitch,
                    _ => throw new ArgumentException($"{chosen} is not one of live, cpu and switchlive.", nameof(arguments)),
                };
                compare(other, length);
            }
        }
    }

    private static void CompareLive(string other, int length)
    {
        using var hosts = new TwoHosts();
        var (before, now) = InTurn(other, program => TwoHosts.Measure(Bridge.Macseg(hosts.Middle, OnSecondCore, hosts.Configuration, program), bridge => hosts.Offer(bridge, length)));
        Say("live", length, "frames/s", [.. before.Select(load => load.Delivered)], [.. now.Select(load => load.Delivered)], $"at least {Goal}");
    }

    private static void CompareProcessorTime(string other, int length)
    {
        using var hosts = new TwoHosts();
        double offer = PartOfOffer * TwoHosts.Measure(Bridge.Macseg(hosts.Middle, OnSecondCore, hosts.Configuration, other), bridge => hosts.Offer(bridge, length)).Offered;
        var (before, now) = InTurn(
            other, program => TwoHosts.Measure(Bridge.Macseg(hosts.Middle, OnSecondCore, hosts.Configuration, program), bridge => hosts.Offer(bridge, length, offer)));
        Say($"cpu at {Medians.Of([.. now.Select(load => load.Offered)]):N0}/s", length, "ns/frame", [.. before.Select(load => load.ProcessorTime)], [.. now.Select(load => load.ProcessorTime)], $"at most {GoalOfProcessorTime}");
        Say("  delivered", length, "frames/s", [.. before.Select(load => load.Delivered)], [.. now.Select(load => load.Delivered)], $"at least {Goal}");
    }

    private static void CompareSwitch(string other, int length)
    {
        using var hosts = new FourHosts();
        var (before, now) = InTurn(other, program => hosts.OverSwitch(length, program));
        Say("switchlive", length, "frames/s", before, now, $"at least {Goal}");
    }

    private static (List<T> Before, List<T> Now) InTurn<T>(string other, Func<string?, T> measure)
    {
        var (before, now) = (new List<T>(), new List<T>());
        for (int round = 0; round < Rounds; round++)
        {
            before.Add(measure(other));
            now.Add(measure(null));
        }

        return (before, now);
    }

    private static void Say(string what, int length, string unit, List<double> before, List<double> now, string goal) => Console.WriteLine(
        $"{what,-12} {length,5} octets: before {Medians.Of(before),11:N0} {unit}   now {Medians.Of(now),11:N0} {unit}   "
        + $"median of {Rounds} ratios {Medians.OfRatios(before, now, value => value):F3} (goal: {goal}; {string.Join(' ', before.Zip(now, (then, today) => $"{today / then:F2}"))})");
}
