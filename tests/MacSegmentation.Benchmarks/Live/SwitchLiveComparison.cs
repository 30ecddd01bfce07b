namespace MacSegmentation.Benchmarks.Live;

/// <summary>
/// <c>macseg enforce</c> as a switch of four ports of interface records, all four busy, against the same program between two interfaces: whole
/// processes under 1,000 policies, on the same wires, in turn; one sender, the program on the other core.
/// </summary>
internal sealed class SwitchLiveComparison : IComparison
{
    private const int Rounds = 7;
    private const double Goal = 0.7;

    public string Name => "switchlive";

    public string Description => "frames through a switch of four ports, against the enforcer between two interfaces; needs root, two cores, ip, taskset";

    public void Run(string[] arguments)
    {
        using var hosts = new FourHosts();
        foreach (int length in new[] { 64, 1514 })
        {
            var (wire, bridge) = (new List<double>(), new List<double>());
            for (int round = 0; round < Rounds; round++)
            {
                wire.Add(hosts.OverWire(length));
                bridge.Add(hosts.OverSwitch(length));
            }

            Console.WriteLine(
                $"{length,5} octets: two interfaces {Medians.Of(wire),9:N0} frames/s   switch of four ports {Medians.Of(bridge),9:N0} frames/s   "
                + $"ratio {Medians.OfRatios(wire, bridge, rate => rate):F2} (goal: at least {Goal})");
        }
    }
}
