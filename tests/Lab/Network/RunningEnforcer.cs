using MacSegmentation.Addressing;
using MacSegmentation.Counting;
using MacSegmentation.Enforcement;
using MacSegmentation.LivePorts;
using MacSegmentation.Following;
using MacSegmentation.Pcap;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Lab.Network;

/// <summary>An enforcer between two interfaces of a segment's middle, as a shell or a service runs it: it follows a store on disk.</summary>
public sealed class RunningEnforcer : IDisposable
{
    /// <summary>The VLAN of untagged frames; it is in the store.</summary>
    public const int NativeVlan = VlanId.Minimum;

    private readonly LabStore store = new();
    private readonly StoreFollower follower;

    /// <summary>Starts it.</summary>
    public RunningEnforcer(NetworkNamespace middle, string first = "p1", string second = "p2")
    {
        ArgumentNullException.ThrowIfNull(middle);
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = NativeVlan }));
        follower = store.Follow();
        Enforcer = middle.Run(() =>
        {
            var enforcer = new PolicyEnforcer(follower.Table, LivePair.Open(first, second).Routes);
            enforcer.Start();
            return enforcer;
        });
        follower.Start(Enforcer);
    }

    /// <summary>The enforcer.</summary>
    public PolicyEnforcer Enforcer { get; }

    /// <summary>What it counted so far.</summary>
    public TrafficCounts Counts => Enforcer.GetStatistics().Total;

    /// <summary>Adds a policy to the store; when this returns, it is durable, and not yet known to the enforcer.</summary>
    public MacPolicy Add(PolicyAction action, string source, string destination = "*") => store.Write(writer =>
        PolicyList.Add(writer, NativeVlan, MacPattern.Parse(source), MacPattern.Parse(destination), action));

    /// <summary>Removes a policy from the store.</summary>
    public void Remove(MacPolicy policy) => store.Write(writer => PolicyList.Remove(writer, policy.PolicyId));

    /// <summary>Waits until the enforcer has the store's newest revision.</summary>
    public void AwaitNewestTable() => Deadline.Await("the newest table", () => Enforcer.Table.Revision == store.Revision);

    /// <inheritdoc/>
    public void Dispose()
    {
        follower.Dispose();
        Enforcer.Dispose();
        store.Dispose();
    }
}
