using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Switching;

namespace MacSegmentation.Enforcers;

/// <summary>Starts an enforcer as a background job: between two interfaces, or over a capture file.</summary>
[Cmdlet(VerbsLifecycle.Start, "MacPolicyEnforcer", SupportsShouldProcess = true, DefaultParameterSetName = LiveSet)]
[OutputType(typeof(MacPolicyEnforcerJob))]
public sealed class StartMacPolicyEnforcerCommand : StoreCmdlet
{
    private const string LiveSet = "Live";
    private const string CaptureSet = "Capture";

    /// <summary>The two interfaces that the enforcer stands between.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiveSet)]
    public string[] Interface { get; set; } = [];

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

    /// <summary>The VLAN of frames without a VLAN's tag: one for all ports, or one for each.</summary>
    [Parameter]
    [VlanNumber]
    [ValidateNotNullOrEmpty]
    public int[] NativeVlan { get; set; } = [VlanId.Minimum];

    /// <summary>What happens to frames of VLANs that are not in the store.</summary>
    [Parameter]
    public PolicyAction UnknownVlan { get; set; }

    /// <summary>The job's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (ParameterSetName is CaptureSet)
            {
                StartCapture();
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void StartCapture()
    {
        string path = this.ResolveFile(Path);
        string destination = this.ResolveFile(Destination);
        string? deniedPath = DeniedPath is null ? null : this.ResolveFile(DeniedPath);
        int nativeVlan = NativeVlans(ports: 1)[0];
        string location = $"{path} > {destination}";
        if (!ShouldProcess(location, "Start an enforcer"))
        {
            return;
        }

        var store = Store;
        Start(
            () =>
            {
                // One table for the whole capture: what comes of it does not depend on how fast it is read.
                var table = DecisionTable.Compile(store.ReadSnapshot(), UnknownVlan);
                var route = CaptureRoute.Open(path, destination, deniedPath, nativeVlan);
                return new MacPolicyEnforcerJob(new PolicyEnforcer(table, [route]), location, MyInvocation.Line, Name, foundations: []);
            });
    }

    private void Start(Func<MacPolicyEnforcerJob> prepare)
    {
        var job = Await(prepare, "Starting an enforcer");
        JobRepository.Add(job);
        SessionEnforcers.Add(job, Session);
        job.Start();
        WriteVerbose($"Started the enforcer {job.Name}: {job.Location}.");
        WriteObject(job);
    }

    private int[] NativeVlans(int ports) => NativeVlan.Length == ports ? NativeVlan
        : NativeVlan.Length == 1 ? [.. Enumerable.Repeat(NativeVlan[0], ports)]
        : throw new MacSegmentationException(
            "InvalidNativeVlan",
            MacErrorKind.InvalidArgument,
            $"{NativeVlan.Length} native VLANs are given for {ports} port{(ports == 1 ? string.Empty : "s")}. Give one for all ports, or one for each.",
            NativeVlan);
}
