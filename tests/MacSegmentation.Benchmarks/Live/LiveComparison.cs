namespace MacSegmentation.Benchmarks.Live;

/// <summary>
/// <c>macseg enforce --adapter p1 --adapter p2</c> with 1,000 policies against <c>tcpbridge -i p1 -I p2</c>, which judges nothing:
/// whole processes between two hosts in network namespaces, on the same wires, under the same load, in turn.
/// </summary>
/// <remarks>
/// The load is one sender that sends as fast as one core can; the program has another core to itself. What arrives at host B in a
/// window of time, by the kernel's own count, is what a program delivers; what it did not deliver was lost in its receive ring. A
/// program that delivers all that is offered is faster than its figure says. The round trip is ping's, one at a time, wherever the
/// kernel places the processes: twice through the program, and once through each host.
/// </remarks>
internal sealed class LiveComparison : IComparison
{
    private const int Rounds = 7;
    private const int Pings = 300;
    private const double GoalOfThroughput = 2.5;
    private const double GoalOfRoundTrip = 0.1;

    public string Name => "live";

    public string Description => "frames through two veth pairs, and the round trip, against tcpbridge; needs root, two cores, ip, ping, taskset, tcpbridge";

    public void Run(string[] arguments)
    {
        using var hosts = new TwoHosts();
        foreach (int length in new[] { 64, 1514 })
        {
            var (theirs, ours) = InTurn(["taskset", "-c", "1"], bridge => hosts.Offer(bridge, length));
            Console.WriteLine(
                $"{length,5} octets: tcpbridge {Middle(theirs)}   macseg {Middle(ours)}   ratio {Medians.OfRatios(theirs, ours, load => load.Delivered):F2} (goal: at least {GoalOfThroughput})");
        }

        var (theirTrips, ourTrips) = InTurn([], _ => Medians.Of(hosts.HostA.Ping(TwoHosts.AddressOfB, Pings, waitSeconds: 1, intervalSeconds: 0.005)));
        Console.WriteLine(
            $" round trip: tcpbridge {Medians.Of(theirTrips):F3} ms   macseg {Medians.Of(ourTrips):F3} ms   ratio {Medians.OfRatios(theirTrips, ourTrips, trip => trip):F3} (goal: at most {GoalOfRoundTrip})");

        (List<T> Theirs, List<T> Ours) InTurn<T>(string[] placement, Func<Bridge, T> measure)
        {
            var theirs = new List<T>();
            var ours = new List<T>();
            for (int round = 0; round < Rounds; round++)
            {
                theirs.Add(TwoHosts.Measure(Bridge.Tcpbridge(hosts.Middle, placement), measure));
                ours.Add(TwoHosts.Measure(Bridge.Macseg(hosts.Middle, placement, hosts.Configuration), measure));
            }

            return (theirs, ours);
        }
    }

    private static Load Middle(List<Load> loads) => loads.OrderBy(load => load.Delivered).ElementAt(loads.Count / 2);
}
