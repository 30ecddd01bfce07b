using MacSegmentation.Policies;
using MacSegmentation.Switching;

namespace MacSegmentation.Enforcement;

/// <summary>A cause of verdicts and how many frames it decided over.</summary>
/// <param name="Verdict">What became of the frames: forwarded, denied or dropped.</param>
/// <param name="Frames">How many.</param>
/// <param name="Policy">The policy, or null if there was another reason.</param>
/// <param name="Description">The policy or the reason in words.</param>
internal sealed record CauseCount(string Verdict, long Frames, MacPolicy? Policy, string Description)
{
    private const string Forwarded = "forwarded";
    private const string Denied = "denied";
    private const string Dropped = "dropped";

    /// <summary>All causes that decided over a frame: what was forwarded first, then denied, then dropped, policies by VLAN and order.</summary>
    public static IEnumerable<CauseCount> List(TrafficCounts total, IReadOnlyList<PolicyHits> hits)
    {
        var byPolicy = hits.Where(hit => hit.Frames > 0)
            .OrderBy(hit => hit.Policy.VlanId)
            .ThenBy(hit => hit.Policy.Order)
            .ToLookup(hit => hit.Policy.Action, hit => new CauseCount(WordOf(hit.Policy.Action), hit.Frames, hit.Policy, $"policy {hit.Policy}"));

        // A frame that a policy let pass and that the port did not take is counted as dropped, by that reason.
        total.DroppedByReason.TryGetValue(VerdictReason.SendFailed, out long notSent);
        long withoutPolicy = total.FramesForwarded + notSent - byPolicy[PolicyAction.Allow].Sum(cause => cause.Frames);
        var forwardedOtherwise = new CauseCount(Forwarded, withoutPolicy, Policy: null, "no policy matched: default action, or VLAN not in the store");
        return
        [
            .. byPolicy[PolicyAction.Allow],
            .. withoutPolicy > 0 ? [forwardedOtherwise] : Array.Empty<CauseCount>(),
            .. byPolicy[PolicyAction.Deny],
            .. OtherReasons(Denied, total.DeniedByReason),
            .. byPolicy[PolicyAction.Drop],
            .. OtherReasons(Dropped, total.DroppedByReason),
        ];
    }

    private static IEnumerable<CauseCount> OtherReasons(string verdict, IReadOnlyDictionary<VerdictReason, long> counts) => counts
        .Where(count => count.Key != VerdictReason.Policy && count.Value > 0)
        .OrderBy(count => count.Key)
        .Select(count => new CauseCount(verdict, count.Value, Policy: null, count.Key.Describe()));

    private static string WordOf(PolicyAction action) => action switch
    {
        PolicyAction.Allow => Forwarded,
        PolicyAction.Deny => Denied,
        _ => Dropped,
    };
}
