using MacSegmentation.Loading;
using MacSegmentation.Offloads;
using MacSegmentation.Pcap;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Switching;

namespace MacSegmentation.Enforcers;

/// <summary>Puts together what a live enforcer stands on.</summary>
internal static class LiveEnforcer
{
    /// <summary>
    /// Opens the ports and a store of its own, which nobody's long transaction keeps busy and which lives on if the session connects to
    /// another. What was opened is closed again if anything fails.
    /// </summary>
    /// <param name="storePath">The store to follow.</param>
    /// <param name="unknownVlan">What happens to frames of VLANs that are not in the store.</param>
    /// <param name="open">Opens the ports.</param>
    /// <param name="makeJob">Makes the job of the enforcer and of what it stands on.</param>
    public static MacPolicyEnforcerJob Prepare(
        string storePath, PolicyAction unknownVlan, Func<LivePair> open, Func<PolicyEnforcer, IReadOnlyList<IDisposable>, MacPolicyEnforcerJob> makeJob)
    {
        var store = DependencyContext.Stores.Open(new MacStoreOptions { Path = storePath });
        StoreFollower? follower = null;
        try
        {
            follower = new StoreFollower(store, unknownVlan);
            var pair = open();
            var enforcer = new PolicyEnforcer(follower.Table, pair.Routes);
            follower.Start(enforcer);
            var job = makeJob(enforcer, [follower, store]);
            foreach (var offloads in pair.Offloads.GroupBy(offload => (offload.InterfaceName, offload.Effect)))
            {
                job.Warn(Describe([.. offloads]));
            }

            return job;
        }
        catch
        {
            follower?.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>One sentence for all offloads that do the same on the same interface.</summary>
    private static string Describe(IReadOnlyList<ActiveOffload> offloads)
    {
        var all = offloads[0] with { Feature = string.Join(", ", offloads.Select(offload => offload.Feature)) };
        return all.Effect == OffloadEffect.OutOfSight ? $"{all}." : $"{all}. Start with -DisableOffload to turn that off while the enforcer runs.";
    }
}
