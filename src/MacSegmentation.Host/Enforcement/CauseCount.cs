using MacSegmentation.Counting;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcement;

/// <summary>A cause of verdicts and how many frames it decided over.</summary>
/// <param name="Verdict">What became of the frames: forwarded, denied or dropped.</param>
/// <param name="Frames">How many.</param>
/// <param name="Policy">The policy, or null if there was another reason.</param>
/// <param name="Description">The policy or the reason in words.</param>
internal sealed record CauseCount(string Verdict, long Frames, MacPolicy? Policy, string Description)
{
    private const string Allowed = "allowed";
    private const string Answered = "answered";
    private const string Forwarded = "forwarded";
    private const string Denied = "denied";
    private const string Dropped = "dropped";

    /// <summary>The reason of a frame that the port did not take.</summary>
    private const string SendFailed = "SendFailed";

    /// <summary>
    /// All causes that decided over a frame of a bump in the wire or a capture: what was forwarded first, then denied, then dropped, policies
    /// by VLAN and order.
    /// </summary>
    public static IEnumerable<CauseCount> OfWire(TrafficCounts total, IReadOnlyList<PolicyHits> hits)
    {
        var byPolicy = ByPolicy(hits, Forwarded);

        // A frame that a policy let pass and that the port did not take is counted as dropped, by that reason.
        total.DroppedByReason.TryGetValue(SendFailed, out long notSent);
        long withoutPolicy = total.FramesForwarded + notSent - byPolicy[PolicyAction.Allow].Sum(cause => cause.Frames);
        var forwardedOtherwise = new CauseCount(Forwarded, withoutPolicy, Policy: null, "no policy matched: default action, or VLAN not in the store");
        return
        [
            .. byPolicy[PolicyAction.Allow],
            .. withoutPolicy > 0 ? [forwardedOtherwise] : Array.Empty<CauseCount>(),
            .. Refused(total, byPolicy),
        ];
    }

    /// <summary>
    /// All causes that decided over a frame of a switch. What a policy allowed has more stages before it: it may be counted again as
    /// answered, denied or dropped.
    /// </summary>
    public static IEnumerable<CauseCount> OfSwitch(TrafficCounts total, IReadOnlyList<PolicyHits> hits)
    {
        var byPolicy = ByPolicy(hits, Allowed);
        var answered = new CauseCount(Answered, total.FramesAnswered, Policy: null, "ARP responder");
        return
        [
            .. byPolicy[PolicyAction.Allow],
            .. total.FramesAnswered > 0 ? [answered] : Array.Empty<CauseCount>(),
            .. Refused(total, byPolicy),
        ];
    }

    private static ILookup<PolicyAction, CauseCount> ByPolicy(IReadOnlyList<PolicyHits> hits, string allowed) => hits
        .Where(hit => hit.Frames > 0)
        .OrderBy(hit => hit.Policy.VlanId)
        .ThenBy(hit => hit.Policy.Order)
        .ToLookup(hit => hit.Policy.Action, hit => new CauseCount(WordOf(hit.Policy.Action, allowed), hit.Frames, hit.Policy, $"policy {hit.Policy}"));

    private static IEnumerable<CauseCount> Refused(TrafficCounts total, ILookup<PolicyAction, CauseCount> byPolicy) =>
    [
        .. byPolicy[PolicyAction.Deny],
        .. OtherReasons(Denied, total.DeniedByReason),
        .. byPolicy[PolicyAction.Drop],
        .. OtherReasons(Dropped, total.DroppedByReason),
    ];

    private static IEnumerable<CauseCount> OtherReasons(string verdict, IReadOnlyDictionary<string, long> counts) => counts
        .Where(count => !string.Equals(count.Key, VerdictReason.Policy.Name, StringComparison.Ordinal) && count.Value > 0)
        .OrderBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => new CauseCount(verdict, count.Value, Policy: null, VerdictReason.Find(count.Key)?.Description ?? count.Key));

    private static string WordOf(PolicyAction action, string allowed) => action switch
    {
        PolicyAction.Allow => allowed,
        PolicyAction.Deny => Denied,
        _ => Dropped,
    };
}
