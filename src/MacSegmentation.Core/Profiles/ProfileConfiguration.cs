using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Naming;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>vNIC profiles in the declarative document, which says of them all that the store does.</summary>
internal static class ProfileConfiguration
{
    private static readonly string[] LinkErrors =
    [
        "InvalidBandwidth", "InvalidBurst", "InvalidLatency", "InvalidJitter", "JitterAboveLatency", "InvalidLossRate", "InvalidBurstLoss", "LossGivenTwice", "InvalidFrameShare", "InvalidQueueLimit", "InvalidQueueTime", "InvalidTrace",
    ];

    private static readonly ParsedType<BitRate> Rate = new(@"^\s*[+-]?[0-9]*\.?[0-9]+\s*([KkMmGg]?[Bb][Ii][Tt])?(/[Ss])?\s*$")
    {
        Definition = "bitRate",
        Description = "Bits a second: a number with bit, kbit, mbit or gbit (powers of 1000), such as 16mbit.",
    };

    private static readonly ParsedType<Percentage> Share = new(@"^\s*[+-]?[0-9]*\.?[0-9]+\s*%?\s*$")
    {
        Definition = "percentage",
        Description = "A share in per cent with at most four decimals, such as 0.2%.",
    };

    private static readonly ParsedType<DelayTime> Time = new(@"^\s*(0|[+-]?[0-9]*\.?[0-9]+\s*([Uu\u00b5]|[Mm])?[Ss]|[0-9:.]+)\s*$")
    {
        Definition = "delayTime",
        Description = "A time with its unit, such as 500us, 25ms or 1.5s.",
    };

    private static readonly ParsedType<BurstLoss> Bursts = new(@"^[^,]+(,[^,]+){1,3}$")
    {
        Definition = "burstLoss",
        Description = "p, r, 1-h and 1-k of the model of Gilbert and Elliott, in per cent with commas between, such as 1%,10%,100%,0%. Without the last two, everything is lost in the bad state and nothing in the good one.",
    };

    private static readonly ParsedType<LinkTrace> Trace = new("^(Mahimahi|Csv):(Loop|Once):[0-9A-Fa-f]{32}:[A-Za-z0-9+/=]+$")
    {
        Definition = "linkTrace",
        Description = "A recording as Get-MacProfile exports it: its format, whether it is replayed again and again (Loop) or Once, the digest of its content, and that, packed.",
    };

    /// <summary>The members of one direction.</summary>
    private static DocumentObject<LinkProfile> Link { get; } = new DocumentObject<LinkProfile>("profileLink", "a direction of a profile", LinkProfile.None)
        .Optional("bandwidth", "Its bandwidth, from 1kbit to 100gbit; without it, no limit.", Rate, link => link.Bandwidth, (link, rate) => link with { Bandwidth = rate })
        .Optional("burst", "Octets that may leave at once after a pause, 64 to 1073741824; 0 for what fits the bandwidth.", new NumberType(0, 1 << 30), link => (int)link.Burst, (link, burst) => link with { Burst = burst })
        .Optional("latency", "By how much a frame comes later, one way; at most 60s.", Time, link => new DelayTime(link.Latency), (link, time) => link with { Latency = time.Value })
        .Optional("jitter", "How much that varies; at most 60s.", Time, link => new DelayTime(link.Jitter), (link, time) => link with { Jitter = time.Value })
        .Optional("distribution", "How it varies.", new ChoiceType<JitterDistribution>("distribution"), link => link.Distribution, (link, distribution) => link with { Distribution = distribution })
        .Optional("jitterCorrelation", "How far a frame's delay follows from that of the one before.", Share, link => link.JitterCorrelation, (link, share) => link with { JitterCorrelation = share })
        .Optional("jitterBound", "What becomes of a delay below zero; needed where the jitter is above the latency.", new ChoiceType<JitterBound>("bound of jitter"), link => link.JitterBound, (link, bound) => link with { JitterBound = bound })
        .Optional("reorder", "Whether one frame may overtake another.", FlagType.Instance, link => link.Reorder, (link, reorder) => link with { Reorder = reorder })
        .Optional("reorderRate", "How many frames are sent at once, without the latency.", Share, link => link.ReorderRate, (link, share) => link with { ReorderRate = share })
        .Optional("lossRate", "How many frames are lost, each by itself.", Share, link => link.LossRate, (link, share) => link with { LossRate = share })
        .Optional("burstLoss", "Loss in bursts, in place of lossRate.", Bursts, link => link.BurstLoss, (link, loss) => link with { BurstLoss = loss })
        .Optional("duplicateRate", "How many frames come twice.", Share, link => link.DuplicateRate, (link, share) => link with { DuplicateRate = share })
        .Optional("corruptRate", "How many frames have one bit changed.", Share, link => link.CorruptRate, (link, share) => link with { CorruptRate = share })
        .Optional("queueLimit", "Frames that wait for the bandwidth at most.", new NumberType(1, ProfileCatalog.LongestQueue), link => link.QueueLimit, (link, limit) => link with { QueueLimit = limit })
        .Optional("queueTime", "How long a frame may wait for the bandwidth; 0 for no such limit.", Time, link => new DelayTime(link.QueueTime), (link, time) => link with { QueueTime = time.Value })
        .Optional("queueManagement", "Which frames are given up: TailDrop, CoDel (RFC 8289) or FqCoDel (RFC 8290).", new ChoiceType<QueueManagement>("queue management"), link => link.QueueManagement, (link, management) => link with { QueueManagement = management })
        .Optional("ecnMarking", "Whether a frame that can take a mark (RFC 3168) is marked where another one is given up.", FlagType.Instance, link => link.EcnMarking, (link, isOn) => link with { EcnMarking = isOn })
        .Optional("trace", "A recording that is replayed: what it tells of bandwidth, latency and loss holds in place of the values here.", Trace, link => link.Trace, (link, trace) => link with { Trace = trace });

    /// <summary>The members of a profile.</summary>
    public static DocumentObject<MacProfile> Document { get; } = new DocumentObject<MacProfile>("profile", "a profile", new() { Name = string.Empty })
        .Required("name", "Its name, unique in the document whatever its case.", RecordName.Type, profile => profile.Name, (profile, name) => profile with { Name = name }, "InvalidProfileName")
        .Optional(
            "description",
            "What it is for.",
            new TextType { MaxLength = ProfileCatalog.LongestDescription },
            profile => profile.Description,
            (profile, description) => profile with { Description = description },
            "InvalidProfileDescription")
        .Optional("preset", "The preset that it was made from; it changes nothing.", RecordName.Type, profile => profile.Preset, (profile, preset) => profile with { Preset = preset }, "PresetNotFound")
        .Optional("ingress", "What it is like towards the instance.", Link, profile => profile.Ingress, (profile, link) => profile with { Ingress = link }, LinkErrors)
        .Optional("egress", "What it is like from the instance.", Link, profile => profile.Egress, (profile, link) => profile with { Egress = link }, LinkErrors)
        .Optional("priority", "The priority code point (IEEE 802.1Q) of what leaves the instance.", new NumberType(0, 7), profile => profile.Priority, (profile, priority) => profile with { Priority = priority }, "InvalidPriority")
        .Optional("dscp", "The differentiated services code point (RFC 2474) of what leaves the instance.", new NumberType(0, 63), profile => profile.Dscp, (profile, dscp) => profile with { Dscp = dscp }, "InvalidDscp")
        .Optional("schedulingClass", "How frames of different priority share a bandwidth.", new ChoiceType<SchedulingClass>("scheduling class"), profile => profile.SchedulingClass, (profile, scheduling) => profile with { SchedulingClass = scheduling })
        .Optional("addressRange", "Where an instance's address comes from; without it, the pool of its VLAN.", AddressTypes.Range, profile => profile.AddressRange, (profile, range) => profile with { AddressRange = range }, "InvalidProfileRange")
        .Optional("maxSegmentSize", "TCP's largest maximum segment size that is let through.", new NumberType(88, 65_535), profile => profile.MaxSegmentSize, (profile, size) => profile with { MaxSegmentSize = size }, "InvalidMaxSegmentSize")
        .Optional("maxWindowScale", "TCP's largest window scale that is let through.", new NumberType(0, 14), profile => profile.MaxWindowScale, (profile, scale) => profile with { MaxWindowScale = scale }, "InvalidMaxWindowScale")
        .Optional("allowEcn", "False takes ECN (RFC 3168) out of what passes.", FlagType.Instance, profile => profile.AllowEcn, (profile, isAllowed) => profile with { AllowEcn = isAllowed });
}
