using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>A cmdlet that says what a vNIC profile is like. What is said of both directions comes first, and what is said of one after it.</summary>
public abstract class ProfileCmdlet : GroupCommitCmdlet<NamedProfileChange, MacProfile>
{
    private readonly HashSet<string> commandLine = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All that it is like towards the instance: a direction of another profile, or its text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ProfileValue<LinkProfile>(Separator = " ")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public LinkProfile? Ingress { get; set; }

    /// <summary>All that it is like from the instance.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ProfileValue<LinkProfile>(Separator = " ")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public LinkProfile? Egress { get; set; }

    /// <summary>Its bandwidth both ways, such as <c>16mbit</c>; 0 for no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<BitRate>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(BitRateCompleter))]
    public BitRate? Bandwidth { get; set; }

    /// <summary>The same towards the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<BitRate>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(BitRateCompleter))]
    public BitRate? IngressBandwidth { get; set; }

    /// <summary>The same from the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<BitRate>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(BitRateCompleter))]
    public BitRate? EgressBandwidth { get; set; }

    /// <summary>Octets that may leave at once after a pause; 0 for what fits the bandwidth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Burst { get; set; }

    /// <summary>The same towards the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? IngressBurst { get; set; }

    /// <summary>The same from the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? EgressBurst { get; set; }

    /// <summary>By how much a frame comes later, one way.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<DelayTime>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(DelayTimeCompleter))]
    public DelayTime? Latency { get; set; }

    /// <summary>The same towards the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<DelayTime>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(DelayTimeCompleter))]
    public DelayTime? IngressLatency { get; set; }

    /// <summary>The same from the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<DelayTime>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(DelayTimeCompleter))]
    public DelayTime? EgressLatency { get; set; }

    /// <summary>How much that varies.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<DelayTime>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(DelayTimeCompleter))]
    public DelayTime? Jitter { get; set; }

    /// <summary>How it varies.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<JitterDistribution>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<JitterDistribution>))]
    public JitterDistribution? Distribution { get; set; }

    /// <summary>How far a frame's delay follows from that of the one before.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? JitterCorrelation { get; set; }

    /// <summary>What becomes of a delay below zero, where the jitter is above the latency.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<JitterBound>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<JitterBound>))]
    public JitterBound? JitterBound { get; set; }

    /// <summary>Has each delay be drawn for itself, so that one frame may overtake another.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Reorder { get; set; }

    /// <summary>How many frames are sent at once, without the latency.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? ReorderRate { get; set; }

    /// <summary>How many frames are lost, each by itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? LossRate { get; set; }

    /// <summary>The same towards the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? IngressLossRate { get; set; }

    /// <summary>The same from the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? EgressLossRate { get; set; }

    /// <summary>Loss in bursts: p and r, and if need be 1-h and 1-k, such as <c>1%,10%</c>; 0 for none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ProfileValue<BurstLoss>(Separator = ",")]
    [ArgumentCompleter(typeof(BurstLossCompleter))]
    public BurstLoss? BurstLoss { get; set; }

    /// <summary>How many frames come twice.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? DuplicateRate { get; set; }

    /// <summary>How many frames have one bit changed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<Percentage>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PercentageCompleter))]
    public Percentage? CorruptRate { get; set; }

    /// <summary>Frames that wait for the bandwidth at most.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? QueueLimit { get; set; }

    /// <summary>How long a frame may wait for the bandwidth; 0 for no such limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<DelayTime>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(DelayTimeCompleter))]
    public DelayTime? QueueTime { get; set; }

    /// <summary>Which frames are given up where more come than the bandwidth takes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<QueueManagement>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<QueueManagement>))]
    public QueueManagement? QueueManagement { get; set; }

    /// <summary>Has frames be marked (RFC 3168), where they can be, in place of being given up.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter EcnMarking { get; set; }

    /// <summary>A file that tells of bandwidth, delay and loss over time, which is replayed both ways.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    public string? Trace { get; set; }

    /// <summary>The same towards the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    public string? IngressTrace { get; set; }

    /// <summary>The same from the instance only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    public string? EgressTrace { get; set; }

    /// <summary>What the files are; without it, their first line tells.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<TraceFormat>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<TraceFormat>))]
    public TraceFormat? TraceFormat { get; set; }

    /// <summary>Has the files be replayed once, and then the profile's other values hold; without it, again and again.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter TraceOnce { get; set; }

    /// <summary>The priority code point (IEEE 802.1Q) of what leaves the instance, 0 to 7.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Priority { get; set; }

    /// <summary>The differentiated services code point (RFC 2474) of what leaves the instance, 0 to 63.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Dscp { get; set; }

    /// <summary>How frames of different priority share a bandwidth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<SchedulingClass>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<SchedulingClass>))]
    public SchedulingClass? SchedulingClass { get; set; }

    /// <summary>Where an instance's address comes from, such as <c>02-10-00-00-00-00/32</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacRange>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public MacRange? AddressRange { get; set; }

    /// <summary>TCP's largest maximum segment size that is let through, 88 to 65535.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? MaxSegmentSize { get; set; }

    /// <summary>TCP's largest window scale that is let through, 0 to 14.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? MaxWindowScale { get; set; }

    /// <summary>False takes ECN (RFC 3168) out of what passes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? AllowEcn { get; set; }

    /// <summary>What it is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Description { get; set; }

    /// <summary>What is given, in words, for an error.</summary>
    private protected static string LinkParameters { get; } =
        "Bandwidth, Burst, Latency, Jitter, Distribution, JitterCorrelation, JitterBound, Reorder, ReorderRate, LossRate, BurstLoss, DuplicateRate, CorruptRate, QueueLimit, QueueTime, QueueManagement, EcnMarking, Trace";

    /// <inheritdoc/>
    protected override void BeginProcessing() => commandLine.UnionWith(MyInvocation.BoundParameters.Keys);

    /// <summary>What becomes of a profile, by the parameters as they are now.</summary>
    private protected Func<MacProfile, MacProfile> Wanted()
    {
        var (towards, from) = (Ingress, Egress);
        var both = OfBoth();
        var ingress = OfOne(nameof(IngressBandwidth), IngressBandwidth, nameof(IngressBurst), IngressBurst, nameof(IngressLatency), IngressLatency, nameof(IngressLossRate), IngressLossRate);
        var egress = OfOne(nameof(EgressBandwidth), EgressBandwidth, nameof(EgressBurst), EgressBurst, nameof(EgressLatency), EgressLatency, nameof(EgressLossRate), EgressLossRate);
        AddTrace(ingress, nameof(IngressTrace), IngressTrace);
        AddTrace(egress, nameof(EgressTrace), EgressTrace);
        var whole = OfProfile();
        return profile => Run(whole, profile) with
        {
            Ingress = Run(ingress, Run(both, towards ?? profile.Ingress)),
            Egress = Run(egress, Run(both, from ?? profile.Egress)),
        };
    }

    /// <summary>True if a parameter is given: with a value, or on the command line with $null or an empty text, which takes the value away. An empty cell of a file says nothing.</summary>
    private protected bool IsGiven(string name, object? value) => value is not null || commandLine.Contains(name);

    private static T Run<T>(IReadOnlyList<Func<T, T>> changes, T value) => changes.Aggregate(value, (current, change) => change(current));

    private static BitRate? Limit(BitRate? rate) => rate is { BitsPerSecond: 0 } ? null : rate;

    private List<Func<LinkProfile, LinkProfile>> OfBoth()
    {
        var changes = OfOne(nameof(Bandwidth), Bandwidth, nameof(Burst), Burst, nameof(Latency), Latency, nameof(LossRate), LossRate);
        Add(nameof(Jitter), Jitter, (link, jitter) => link with { Jitter = jitter?.Value ?? default });
        Add(nameof(Distribution), Distribution, (link, distribution) => link with { Distribution = distribution ?? default });
        Add(nameof(JitterCorrelation), JitterCorrelation, (link, share) => link with { JitterCorrelation = share ?? default });
        Add(nameof(JitterBound), JitterBound, (link, bound) => link with { JitterBound = bound ?? default });
        AddFlag(nameof(Reorder), Reorder, (link, isOn) => link with { Reorder = isOn });
        Add(nameof(ReorderRate), ReorderRate, (link, share) => link with { ReorderRate = share ?? default });
        Add(nameof(BurstLoss), BurstLoss, (link, loss) => link with { BurstLoss = loss });
        Add(nameof(DuplicateRate), DuplicateRate, (link, share) => link with { DuplicateRate = share ?? default });
        Add(nameof(CorruptRate), CorruptRate, (link, share) => link with { CorruptRate = share ?? default });
        Add(nameof(QueueLimit), QueueLimit, (link, limit) => link with { QueueLimit = limit ?? LinkProfile.DefaultQueueLimit });
        Add(nameof(QueueTime), QueueTime, (link, time) => link with { QueueTime = time?.Value ?? default });
        Add(nameof(QueueManagement), QueueManagement, (link, management) => link with { QueueManagement = management ?? default });
        AddFlag(nameof(EcnMarking), EcnMarking, (link, isOn) => link with { EcnMarking = isOn });
        AddTrace(changes, nameof(Trace), Trace);
        return changes;

        void Add<T>(string name, T value, Func<LinkProfile, T, LinkProfile> change)
        {
            if (IsGiven(name, value))
            {
                changes.Add(link => change(link, value));
            }
        }

        void AddFlag(string name, bool isOn, Func<LinkProfile, bool, LinkProfile> change)
        {
            if (MyInvocation.BoundParameters.ContainsKey(name))
            {
                changes.Add(link => change(link, isOn));
            }
        }
    }

    private List<Func<LinkProfile, LinkProfile>> OfOne(
        string rateName, BitRate? rate, string burstName, int? burst, string latencyName, DelayTime? latency, string lossName, Percentage? loss)
    {
        var changes = new List<Func<LinkProfile, LinkProfile>>();
        if (IsGiven(rateName, rate))
        {
            changes.Add(link => link with { Bandwidth = Limit(rate) });
        }

        if (IsGiven(burstName, burst))
        {
            changes.Add(link => link with { Burst = burst ?? 0 });
        }

        if (IsGiven(latencyName, latency))
        {
            changes.Add(link => link with { Latency = latency?.Value ?? default });
        }

        if (IsGiven(lossName, loss))
        {
            changes.Add(link => link with { LossRate = loss ?? default });
        }

        return changes;
    }

    private void AddTrace(List<Func<LinkProfile, LinkProfile>> changes, string name, string? file)
    {
        if (IsGiven(name, file))
        {
            var trace = string.IsNullOrWhiteSpace(file) ? null : LinkTrace.ReadFile(this.ResolveFile(file), TraceFormat, TraceOnce);
            changes.Add(link => link with { Trace = trace });
        }
    }

    private List<Func<MacProfile, MacProfile>> OfProfile()
    {
        var changes = new List<Func<MacProfile, MacProfile>>();
        Add(nameof(Priority), Priority, (profile, priority) => profile with { Priority = priority });
        Add(nameof(Dscp), Dscp, (profile, dscp) => profile with { Dscp = dscp });
        Add(nameof(SchedulingClass), SchedulingClass, (profile, scheduling) => profile with { SchedulingClass = scheduling ?? default });
        Add(nameof(AddressRange), AddressRange, (profile, range) => profile with { AddressRange = range });
        Add(nameof(MaxSegmentSize), MaxSegmentSize, (profile, size) => profile with { MaxSegmentSize = size });
        Add(nameof(MaxWindowScale), MaxWindowScale, (profile, scale) => profile with { MaxWindowScale = scale });
        Add(nameof(AllowEcn), AllowEcn, (profile, isAllowed) => profile with { AllowEcn = isAllowed });
        Add(nameof(Description), Description, (profile, description) => profile with { Description = description ?? string.Empty });
        return changes;

        void Add<T>(string name, T value, Func<MacProfile, T, MacProfile> change)
        {
            if (IsGiven(name, value))
            {
                changes.Add(profile => change(profile, value));
            }
        }
    }
}
