using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.Jobs;
using MacSegmentation.LivePorts;
using MacSegmentation.Offloads;
using MacSegmentation.Pcap;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Enforcers;

/// <summary>Starts an enforcer as a background job: between two adapters, as a switch with any number of ports, or over a capture file.</summary>
[Cmdlet(VerbsLifecycle.Start, "MacPolicyEnforcer", SupportsShouldProcess = true, DefaultParameterSetName = LiveSet)]
[OutputType(typeof(MacPolicyEnforcerJob))]
public sealed class StartMacPolicyEnforcerCommand : StoreCmdlet
{
    private const string LiveSet = "Live";
    private const string SwitchSet = "Switch";
    private const string CaptureSet = "Capture";
    private const int Ports = 2;

    private static readonly SwitchOptions Defaults = new();

    /// <summary>The two network adapters that the enforcer stands between.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiveSet)]
    [Alias("Interface")]
    [ArgumentCompleter(typeof(AdapterCompleter))]
    public string[] Adapter { get; set; } = [];

    /// <summary>
    /// The ports of a switch: for each a table with <c>Adapter</c>, and <c>MacInterface</c> (an interface record), <c>Uplink</c>, <c>Vlan</c>,
    /// <c>NativeVlan</c>, <c>QinQ</c>, <c>TagType</c>, <c>StormLimit</c>, <c>MulticastStormLimit</c> or <c>AddressLimit</c>. <c>Vxlan</c> and <c>Geneve</c> make it a tunnel: a table with <c>Vni</c>,
    /// <c>Remote</c>, and <c>Gbp</c> or <c>OptionClass</c> and <c>OptionType</c>.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = SwitchSet)]
    [ArgumentCompleter(typeof(AdapterCompleter))]
    public PSObject[] Port { get; set; } = [];

    /// <summary>How long the switch keeps an address that it has learned without a frame from it; a time with a unit, or in seconds.</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan AgeingTime { get; set; } = Defaults.AgeingTime;

    /// <summary>How long a port that has come up is sent unicast frames for unknown addresses as well; a time with a unit, or in seconds.</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan LearningPeriod { get; set; } = Defaults.LearningPeriod;

    /// <summary>Addresses that the switch learns at most.</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int AddressLimit { get; set; } = Defaults.AddressLimit;

    /// <summary>Flows that the security groups remember at most.</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int FlowLimit { get; set; } = Defaults.FlowLimit;

    /// <summary>Instances that the switch makes a tap or veth port for at most.</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int AttachmentLimit { get; set; } = Defaults.AttachmentLimit;

    /// <summary>Sends unicast frames for unknown addresses to all ports of the VLAN, and not to its uplinks only.</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    public SwitchParameter FloodUnknownUnicast { get; set; }

    /// <summary>Forwards link-local control frames (01:80:c2:00:00:00 to 0f).</summary>
    [Parameter(ParameterSetName = SwitchSet)]
    public SwitchParameter ForwardLinkLocal { get; set; }

    /// <summary>
    /// Turns off, while the enforcer runs, the adapters' offloads that would hand over merged or unfinished frames.
    /// </summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(ParameterSetName = SwitchSet)]
    public SwitchParameter DisableOffload { get; set; }

    /// <summary>The capture to read, pcap or pcapng.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CaptureSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The pcap file that allowed frames are written to; replaced if it exists.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The pcap file that denied frames are written to.</summary>
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    public string? DeniedPath { get; set; }

    /// <summary>Leaves files alone that exist, instead of replacing them.</summary>
    [Parameter(ParameterSetName = CaptureSet)]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The VLAN of frames without a VLAN's tag: one for all ports, or one for each.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(ParameterSetName = CaptureSet)]
    [VlanNumber(IsList = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] NativeVlan { get; set; } = [VlanId.Minimum];

    /// <summary>The vNIC profile of the instance behind the first adapter, or of the one that the capture's frames go to.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? Profile { get; set; }

    /// <summary>Whether the capture's frames go to the instance that has the profile, or come from it.</summary>
    [Parameter(ParameterSetName = CaptureSet)]
    [Choice<ProfileDirection>]
    [ArgumentCompleter(typeof(ChoiceCompleter<ProfileDirection>))]
    public ProfileDirection ProfileDirection { get; set; }

    /// <summary>A file of which profiles that instance has over time, from the start on, in a capture by the times of its frames; -Profile is what it has otherwise.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    public string? Scenario { get; set; }

    /// <summary>What the losses and delays of vNIC profiles follow from: with the same number they come again.</summary>
    [Parameter]
    [WholeNumber]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public long? Seed { get; set; }

    /// <summary>What happens to frames of VLANs that are not in the store.</summary>
    [Parameter]
    [Choice<PolicyAction>]
    public PolicyAction UnknownVlan { get; set; }

    /// <summary>The job's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            switch (ParameterSetName)
            {
                case CaptureSet:
                    StartCapture();
                    break;
                case SwitchSet:
                    StartSwitch();
                    break;
                default:
                    StartLive();
                    break;
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void StartLive()
    {
        if (Adapter.Length != Ports)
        {
            throw new MacSegmentationException(
                "TwoAdaptersNeeded",
                MacErrorKind.InvalidArgument,
                $"An enforcer stands between two adapters, and {Adapter.Length} {(Adapter.Length == 1 ? "is" : "are")} given. Name two, such as -Adapter eth1, eth2.",
                Adapter);
        }

        int[] nativeVlans = NativeVlansOf(Ports);
        var scenario = RequireProfile();
        string location = $"{Adapter[0]} <> {Adapter[1]}";
        if (ShouldProcess(location, "Start an enforcer"))
        {
            StartOnAdapters(location, records: [], follower =>
            {
                var pair = LivePair.Open(Adapter[0], Adapter[1], nativeVlans[0], nativeVlans[1], PortOptions);
                return (new PolicyEnforcer(follower.Snapshot, follower.Table, pair.Routes.WithInstanceAtFirst(Profile, scenario), EnforcerOptions), pair.Offloads);
            });
        }
    }

    private void StartSwitch()
    {
        SwitchPortSettings[] ports = [.. Port.Select(SwitchPortTable.Read)];
        var options = new SwitchOptions
        {
            AgeingTime = AgeingTime,
            LearningPeriod = LearningPeriod,
            AddressLimit = AddressLimit,
            FlowLimit = FlowLimit,
            AttachmentLimit = AttachmentLimit,
            FloodUnknownUnicast = FloodUnknownUnicast,
            ForwardLinkLocal = ForwardLinkLocal,
        };
        options.Validate();
        var store = Store;
        Await(
            () => store.Read(reader =>
            {
                SwitchLayout.Validate(ports, record => reader.FindInterface(record) is not null);
                return ports;
            }),
            "Reading the store");
        string location = string.Join(", ", ports.Select(port => port.Name));
        if (ShouldProcess(location, "Start an enforcer"))
        {
            StartOnAdapters(location, [.. ports.Select(port => port.MacInterface).OfType<string>()], follower =>
            {
                var live = LiveSwitch.Open(ports, options, PortOptions);
                return (new PolicyEnforcer(follower.Snapshot, follower.Table, live.Layout.WithAttachments(Name), EnforcerOptions), live.Offloads);
            }, snapshot => SwitchLayout.WarnOfTunnels(ports, snapshot));
        }
    }

    private void StartOnAdapters(string location, IReadOnlyList<string> records, Func<StoreFollower, (PolicyEnforcer Enforcer, IReadOnlyList<ActiveOffload> Offloads)> open, Func<ConfigurationSnapshot, string?>? warn = null)
    {
        var options = SessionStore.Options;
        Start(command => LiveEnforcer.Prepare(
            options, UnknownVlan, records, open, (enforcer, foundations) => new MacPolicyEnforcerJob(enforcer, location, command, Name, foundations), warn));
    }

    private void StartCapture()
    {
        string path = this.ResolveFile(Path);
        string destination = this.ResolveFile(Destination);
        string? deniedPath = DeniedPath is null ? null : this.ResolveFile(DeniedPath);
        int nativeVlan = NativeVlansOf(ports: 1)[0];
        var scenario = RequireProfile();
        string location = $"{path} > {destination}";
        var replaced = NoClobber ? [] : CaptureRoute.ListReplaced(path, destination, deniedPath);
        if (ShouldProcess(location, replaced.Count == 0 ? "Start an enforcer" : $"Start an enforcer, and replace {string.Join(" and ", replaced)}"))
        {
            var store = Store;
            bool mayReplace = !NoClobber;
            foreach (string file in replaced)
            {
                WriteWarning($"{file} exists, and is replaced. -NoClobber leaves it alone.");
            }

            Start(command =>
            {
                // One configuration for the whole capture, with what expires by its frames' own time: what comes of it does not depend on how fast it is read.
                var snapshot = store.ReadSnapshot();
                var table = DecisionTable.Compile(snapshot, UnknownVlan);
                var route = CaptureRoute.Open(path, destination, deniedPath, nativeVlan, mayReplace).With(Profile, ProfileDirection, scenario);
                return new MacPolicyEnforcerJob(new PolicyEnforcer(snapshot, table, [route], EnforcerOptions), location, command, Name, foundations: []);
            });
        }
    }

    private void Start(Func<string, MacPolicyEnforcerJob> prepare)
    {
        string command = MyInvocation.Line.Trim();
        var job = Await(() => prepare(command), "Starting an enforcer", late => late.Dispose());
        JobRepository.Add(job);
        SessionJobs.Add(job, OwnRunspace);
        job.Start();
        foreach (var warning in job.Warning)
        {
            WriteWarning(warning.Message);
        }

        WriteVerbose($"Started the enforcer {job.Name}: {job.Location}.");
        WriteObject(job);
    }

    private EnforcerOptions EnforcerOptions => new() { Seed = Seed };

    private MacScenario? RequireProfile()
    {
        var scenario = this.ReadScenario(Scenario);
        if (Profile is not null || scenario is not null)
        {
            var store = Store;
            return Await(
                () => store.Read(reader =>
                {
                    _ = Profile is null ? null : ProfileCatalog.Get(reader, Profile);
                    return scenario is null ? null : SessionCatalog.RequireProfiles(reader, scenario);
                }),
                "Reading the store");
        }

        return null;
    }

    private LivePortOptions PortOptions => new() { DisableOffload = DisableOffload };

    private int[] NativeVlansOf(int ports) => NativeVlan.Length == ports ? NativeVlan
        : NativeVlan.Length == 1 ? [.. Enumerable.Repeat(NativeVlan[0], ports)]
        : throw new MacSegmentationException(
            "InvalidNativeVlan",
            MacErrorKind.InvalidArgument,
            $"{NativeVlan.Length} native VLANs are given for {ports} port{(ports == 1 ? string.Empty : "s")}. Give one for all ports, or one for each.",
            NativeVlan);
}
