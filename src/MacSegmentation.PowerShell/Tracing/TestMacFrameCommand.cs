using System.Diagnostics;
using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Captures;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>Shows the whole way of frames through a switch, stage by stage, by the code that forwards.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MacFrame", DefaultParameterSetName = FrameSet)]
[OutputType(typeof(MacFrameTest))]
public sealed class TestMacFrameCommand : StoreCmdlet
{
    private const string FrameSet = "Frame";
    private const string CaptureSet = "Capture";

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private FrameTracer? tracer;

    /// <summary>Where the frames come in: the name of an interface record, or <c>uplink</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CaptureSet)]
    [Alias("Name", "InterfaceName")]
    [InterfaceName]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FrameEntryCompleter))]
    public string From { get; set; } = string.Empty;

    /// <summary>A capture with the frames, pcap or pcapng.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CaptureSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The frame's source address; that of the record if not given.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceMacAddressCompleter))]
    public MacAddress? SourceAddress { get; set; }

    /// <summary>The frame's destination address; the one of the destination IP address if not given.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceMacAddressCompleter))]
    public MacAddress? DestinationAddress { get; set; }

    /// <summary>The packet's source address; the first of the record if not given.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceIPAddressCompleter))]
    public string? SourceIPAddress { get; set; }

    /// <summary>The packet's destination address; the first one that the destination address is used with if not given.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Text(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(InterfaceIPAddressCompleter))]
    public string? DestinationIPAddress { get; set; }

    /// <summary>The protocol: a name or a number.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Parsed<IpProtocol>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(IpProtocolCompleter))]
    public IpProtocol? Protocol { get; set; }

    /// <summary>The source port of TCP or UDP.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [PortNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ushort? SourcePort { get; set; }

    /// <summary>The destination port of TCP or UDP.</summary>
    [Parameter(ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [PortNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ushort? DestinationPort { get; set; }

    /// <summary>The VLAN of the frame's tag; without, it has no tag.</summary>
    [Parameter(ParameterSetName = FrameSet)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? VlanId { get; set; }

    /// <summary>When the frame comes in; now if not given.</summary>
    [Parameter(ParameterSetName = FrameSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? Time { get; set; }

    /// <summary>The VLAN of frames without a tag that come in by the uplink, which takes none otherwise.</summary>
    [Parameter]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? NativeVlan { get; set; }

    /// <summary>What happens to frames of VLANs that are not in the store.</summary>
    [Parameter]
    [Choice<PolicyAction>]
    public PolicyAction UnknownVlan { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _ = Required(() => Store);
        try
        {
            if (ParameterSetName is CaptureSet)
            {
                TraceCapture(this.ResolveFile(Path));
            }
            else
            {
                var prepared = Prepare(WriteObject);
                prepared.Handle(Describe().Build(prepared.Snapshot), Time);
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && tracer is not null)
        {
            // Dispose comes also after Ctrl+C and after an error.
            FrameTracerCache.Of(Store).Return(tracer);
            tracer = null;
        }

        base.Dispose(disposing);
    }

    private void TraceCapture(string path)
    {
        using var source = CaptureFileSource.Open(path);
        var progress = new ProgressRecord(0, "Testing frames", path);
        var watch = Stopwatch.StartNew();
        bool shown = false;
        var prepared = Prepare(test =>
        {
            WriteObject(test);
            if (watch.Elapsed > ProgressInterval)
            {
                progress.PercentComplete = source.TotalBytes > 0 ? (int)(source.BytesRead * 100 / source.TotalBytes) : -1;
                WriteProgress(progress);
                watch.Restart();
                shown = true;
            }
        });
        try
        {
            while (source.Receive(prepared) != SourceState.Ended)
            {
                // All is done for each frame.
            }
        }
        finally
        {
            if (shown)
            {
                progress.RecordType = ProgressRecordType.Completed;
                WriteProgress(progress);
            }
        }
    }

    /// <summary>The switch begins anew for each frame or capture: what comes of one does not depend on what was asked before. All are asked of one configuration.</summary>
    private FrameTracer Prepare(Action<MacFrameTest> report)
    {
        if (tracer is not null)
        {
            tracer.Begin(From, report);
            return tracer;
        }

        var store = Store;
        int? nativeVlan = NativeVlan is { } given ? Addressing.VlanId.Validate(given) : null;
        return tracer = Await(() => FrameTracerCache.Of(store).Take(store, From, nativeVlan, UnknownVlan, report), "Preparing the switch");
    }

    private ProbeFrame Describe() => new()
    {
        From = From,
        SourceAddress = SourceAddress,
        DestinationAddress = DestinationAddress,
        SourceIPAddress = string.IsNullOrEmpty(SourceIPAddress) ? null : IpText.Parse(SourceIPAddress),
        DestinationIPAddress = string.IsNullOrEmpty(DestinationIPAddress) ? null : IpText.Parse(DestinationIPAddress),
        Protocol = Protocol ?? IpProtocol.Any,
        SourcePort = SourcePort,
        DestinationPort = DestinationPort,
        VlanId = VlanId,
    };
}
