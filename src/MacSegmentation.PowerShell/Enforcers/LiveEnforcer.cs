using MacSegmentation.Attaching;
using MacSegmentation.Enforcement;
using MacSegmentation.Following;
using MacSegmentation.Loading;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Offloads;
using MacSegmentation.ProfileRules;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcers;

/// <summary>Puts together what a live enforcer stands on.</summary>
internal static class LiveEnforcer
{
    /// <summary>
    /// Opens the ports and a store of its own, which nobody's long transaction keeps busy and which lives on if the session connects to
    /// another. What was opened is closed again if anything fails.
    /// </summary>
    /// <param name="storeOptions">The store to follow.</param>
    /// <param name="unknownVlan">What happens to frames of VLANs that are not in the store.</param>
    /// <param name="records">Names of the interface records that get a port: the store says so to whoever wants to remove them.</param>
    /// <param name="open">Opens the ports of an enforcer that begins with the follower's configuration.</param>
    /// <param name="makeJob">Makes the job of the enforcer and of what it stands on.</param>
    /// <param name="warn">Says what its ports cannot do that the configuration asks for; null if there is nothing to say.</param>
    public static MacPolicyEnforcerJob Prepare(
        MacStoreOptions storeOptions,
        PolicyAction unknownVlan,
        IReadOnlyList<string> records,
        Func<StoreFollower, (PolicyEnforcer Enforcer, IReadOnlyList<ActiveOffload> Offloads)> open,
        Func<PolicyEnforcer, IReadOnlyList<IDisposable>, MacPolicyEnforcerJob> makeJob,
        Func<ConfigurationSnapshot, string?>? warn = null)
    {
        var foundations = new Stack<IDisposable>();
        try
        {
            var store = DependencyContext.Stores.Open(storeOptions);
            foundations.Push(store);
            if (records.Count > 0 && !storeOptions.IsReadOnly)
            {
                foundations.Push(new InterfaceUseReporter(store, records));
            }

            var follower = new StoreFollower(store, unknownVlan);
            foundations.Push(follower);
            var (enforcer, offloads) = open(follower);
            foundations.Push(enforcer);
            follower.Start(enforcer);
            if (!storeOptions.IsReadOnly)
            {
                foundations.Push(new SecurityTriggerEvaluator(store, enforcer));
                foundations.Push(new ProfileRuleEvaluator(store, enforcer));
            }

            var metrics = new NicMetricReporter(store, enforcer);
            foundations.Push(metrics);
            foundations.Push(new InstanceAttacher(store, enforcer));

            var job = makeJob(enforcer, [.. foundations.Where(foundation => foundation != enforcer)]);
            metrics.Name = job.Name;
            if (storeOptions.IsReadOnly && follower.Snapshot.Of<MacSecurityTrigger>().Length > 0)
            {
                job.Warn("The store is read only: this enforcer does not evaluate its security triggers. Connect without -ReadOnly to have it do so.");
            }

            if (storeOptions.IsReadOnly && follower.Snapshot.Of<MacProfileRule>().Any(rule => rule.IsAdjustment))
            {
                job.Warn("The store is read only: this enforcer does not evaluate its profile rules with a condition. Connect without -ReadOnly to have it do so.");
            }

            if (records.Count > 0 && storeOptions.IsReadOnly)
            {
                job.Warn("The store is read only: it does not say that this enforcer uses interface records, and they can be removed under its ports. Connect without -ReadOnly to have it say so.");
            }

            if (warn?.Invoke(follower.Snapshot) is { } lack)
            {
                job.Warn(lack);
            }

            if (ActiveOffload.Describe(offloads, "Start with -DisableOffload to turn that off while the enforcer runs.") is { } warning)
            {
                job.Warn(warning);
            }

            return job;
        }
        catch
        {
            foreach (var foundation in foundations)
            {
                foundation.Dispose();
            }

            throw;
        }
    }
}
