using MacSegmentation.Errors;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>Which values a profile can have.</summary>
public static partial class ProfileCatalog
{
    /// <summary>The longest description.</summary>
    internal const int LongestDescription = 256;

    /// <summary>The longest queue in frames.</summary>
    internal const int LongestQueue = 100_000;

    private const int SmallestBurst = 64;
    private const long LargestBurst = 1L << 30;
    private const int SmallestSegment = 88;
    private const int LargestSegment = ushort.MaxValue;
    private const int LargestWindowScale = 14;
    private const int HighestPriority = 7;
    private const int HighestDscp = 63;

    private static readonly BitRate LowestRate = new(1_000);
    private static readonly BitRate HighestRate = new(100_000_000_000);
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(60);

    private static MacProfile Validate(MacProfile profile)
    {
        if (profile.Description.Length > LongestDescription || profile.Description.Any(char.IsControl))
        {
            throw Invalid(
                "InvalidProfileDescription",
                $"A profile's description has at most {LongestDescription} characters and no control characters; this one has {profile.Description.Length}. Give a shorter, plain one.",
                profile.Description);
        }

        string of = $"Profile '{profile.Name}'";
        Validate(profile.Ingress, $"{of} towards the instance");
        Validate(profile.Egress, $"{of} from the instance");
        RequireNumber(profile.Priority, 0, HighestPriority, "InvalidPriority", "a priority code point (IEEE 802.1Q)");
        RequireNumber(profile.Dscp, 0, HighestDscp, "InvalidDscp", "a differentiated services code point (RFC 2474)");
        RequireNumber(profile.MaxSegmentSize, SmallestSegment, LargestSegment, "InvalidMaxSegmentSize", "a maximum segment size of TCP in octets");
        RequireNumber(profile.MaxWindowScale, 0, LargestWindowScale, "InvalidMaxWindowScale", "a window scale of TCP (RFC 7323)");
        if (profile.AddressRange is { } range && (range.First.IsGroup || range.Last.IsGroup || range.First.Value == 0 || range.First.Value >> 40 != range.Last.Value >> 40))
        {
            throw Invalid(
                "InvalidProfileRange",
                $"No interface can have all addresses of {range}: those of groups and 00:00:00:00:00:00 are nobody's own. Give a range of unicast addresses whose first octet is one, such as 02:10:00:00:00:00/32.",
                range);
        }

        return profile with { Preset = profile.Preset is { } preset ? ProfilePresets.Get(preset).Name : null };
    }

    private static void Validate(LinkProfile link, string of)
    {
        if (link.Bandwidth is { } rate && (rate < LowestRate || rate > HighestRate))
        {
            throw Invalid("InvalidBandwidth", $"{of} cannot have a bandwidth of {rate}. Give one from {LowestRate} to {HighestRate}, such as 16mbit; 0 or $null takes the limit away.", rate);
        }

        if (link.Burst is not 0 and (< SmallestBurst or > LargestBurst))
        {
            throw Invalid("InvalidBurst", $"{of} cannot have a burst of {link.Burst} octets. Give {SmallestBurst} to {LargestBurst}, or 0 for what fits the bandwidth.", link.Burst);
        }

        RequireTime(link.Latency, "InvalidLatency", "latency", of);
        RequireTime(link.Jitter, "InvalidJitter", "jitter", of);
        RequireContent(link.Trace, of);
        var latency = link.Trace?.LeastLatency is { } least && (least < link.Latency || link.Trace is { IsOnce: false }) ? least : link.Latency;
        if (link.Jitter > latency && link.JitterBound is JitterBound.None)
        {
            throw Invalid(
                "JitterAboveLatency",
                $"{of} has a jitter of {new DelayTime(link.Jitter)} above its latency of {new DelayTime(latency)}{(latency != link.Latency ? " in its trace" : string.Empty)}: a frame would leave before it came. "
                    + "Give less jitter or more latency, or say with -JitterBound Truncate or Fold what such a delay becomes.",
                link.Jitter);
        }

        RequireShare(link.LossRate, "InvalidLossRate", "lose", of);
        RequireShare(link.DuplicateRate, "InvalidFrameShare", "duplicate", of);
        RequireShare(link.CorruptRate, "InvalidFrameShare", "corrupt", of);
        RequireShare(link.ReorderRate, "InvalidFrameShare", "reorder", of);
        RequireShare(link.JitterCorrelation, "InvalidFrameShare", "have a delay follow the one before by", of);
        Validate(link.BurstLoss, of);
        if (link.BurstLoss is not null && link.LossRate != default)
        {
            throw Invalid("LossGivenTwice", $"{of} has both a loss rate of {link.LossRate} and loss in bursts of {link.BurstLoss}. Give one of -LossRate and -BurstLoss, and 0 or $null for the other.", link.LossRate);
        }

        if (link.BurstLoss is not null && link.Trace is { HasLoss: true })
        {
            throw Invalid("LossGivenTwice", $"{of} has both loss in bursts of {link.BurstLoss} and a trace that tells the loss. Take the column out of the trace, or give 0 or $null for -BurstLoss.", link.BurstLoss);
        }

        if (link.QueueLimit is < 1 or > LongestQueue)
        {
            throw Invalid("InvalidQueueLimit", $"{of} cannot have a queue of {link.QueueLimit} frames. Give 1 to {LongestQueue}.", link.QueueLimit);
        }

        RequireTime(link.QueueTime, "InvalidQueueTime", "queue time", of);
    }

    private static void RequireContent(LinkTrace? trace, string of)
    {
        try
        {
            _ = trace?.Duration;
        }
        catch (FormatException error)
        {
            throw Invalid("InvalidTrace", $"{of} has a trace that cannot be read. {error.Message}", trace!.Digest);
        }
    }

    private static void Validate(BurstLoss? loss, string of)
    {
        if (loss is null)
        {
            return;
        }

        if (new[] { loss.P, loss.R, loss.BadLoss, loss.GoodLoss }.Any(share => !IsShare(share)) || loss.P.PartsPerMillion == 0 || loss.R.PartsPerMillion == 0)
        {
            throw Invalid(
                "InvalidBurstLoss",
                $"{of} cannot lose frames in bursts of {loss}. Give p and r above 0% and at most 100%, and if need be 1-h and 1-k from 0% to 100%, such as 1%,10%,100%,0%.",
                loss);
        }
    }

    private static bool IsShare(Percentage share) => share.PartsPerMillion >= 0 && share.PartsPerMillion <= Percentage.All.PartsPerMillion;

    private static void RequireShare(Percentage share, string errorId, string doing, string of)
    {
        if (!IsShare(share))
        {
            throw Invalid(errorId, $"{of} cannot {doing} {share} of its frames. Give 0% to 100%, such as 0.2%.", share);
        }
    }

    private static void RequireTime(TimeSpan time, string errorId, string what, string of)
    {
        if (time < TimeSpan.Zero || time > LongestTime)
        {
            throw Invalid(errorId, $"{of} cannot have a {what} of {new DelayTime(time)}. Give 0 to {new DelayTime(LongestTime)}, such as 25ms.", time);
        }
    }

    private static void RequireNumber(int? number, int first, int last, string errorId, string what)
    {
        if (number is { } given && (given < first || given > last))
        {
            throw Invalid(errorId, $"{given} is not {what}. Give {first} to {last}, or $null to leave it as it is.", given);
        }
    }

    private static MacSegmentationException Invalid(string errorId, string sentence, object target) => new(errorId, MacErrorKind.InvalidArgument, sentence, target);
}
