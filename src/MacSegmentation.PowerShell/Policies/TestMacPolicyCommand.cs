using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Captures;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Tracing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Says what an enforcer would do with a frame, by which policy, and why, by the enforcer's own table; or what staged policies would change for the frames of a capture.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MacPolicy", DefaultParameterSetName = FrameSet)]
[OutputType(typeof(MacPolicyTest), ParameterSetName = [FrameSet])]
[OutputType(typeof(MacStagedChange), ParameterSetName = [StagedSet])]
public sealed class TestMacPolicyCommand : StoreCmdlet
{
    private const string FrameSet = "Frame";
    private const string StagedSet = "Staged";

    private DecisionTable? table;

    /// <summary>The frame's VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The frame's source address.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Alias("MacAddress", "Source")]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress SourceAddress { get; set; }

    /// <summary>The frame's destination addresses.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = FrameSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Destination")]
    [Parsed<MacAddress>(IsList = true)]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress[] DestinationAddress { get; set; } = [];

    /// <summary>A capture, pcap or pcapng.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StagedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Takes the capture's frames through the configuration as it is and as it would be with staged partitions and policies in force, and tells where the two differ.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StagedSet)]
    public SwitchParameter Staged { get; set; }

    /// <summary>The VLAN of the capture's frames without a tag; without, that of the record that has their source address.</summary>
    [Parameter(ParameterSetName = StagedSet)]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? NativeVlan { get; set; }

    /// <summary>What the enforcer does with frames of VLANs that are not in the store.</summary>
    [Parameter]
    [Choice<PolicyAction>]
    public PolicyAction UnknownVlan { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var store = Store;
        table ??= Required(() => Await(() => DecisionTableCache.Of(store).Get(store, UnknownVlan), "Compiling the policies"));
        WriteVerbose($"Asking {table.Policies.Length} policies of revision {table.Revision}.");
        try
        {
            if (ParameterSetName is StagedSet)
            {
                Replay(store, table, this.ResolveFile(Path));
                return;
            }

            foreach (var destination in DestinationAddress)
            {
                WriteObject(MacPolicyTest.Run(table, VlanId, SourceAddress, destination));
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    private void Replay(IMacStore store, DecisionTable policies, string path)
    {
        int? native = NativeVlan is { } given ? Addressing.VlanId.Validate(given) : null;
        var source = CaptureFileSource.Open(path);
        var token = StopToken;
        var replay = Await(
            () =>
            {
                // The capture is this one's to close: Ctrl+C ends it after a batch of frames, and nobody reads on in what is closed.
                using (source)
                using (token.Register(source.Interrupt))
                {
                    var work = new StagedReplay(store.ReadSnapshot(), policies, native);
                    while (work.HasStaged && source.Receive(work) != SourceState.Ended)
                    {
                        // All is done for each frame.
                    }

                    return work;
                }
            },
            "Testing frames",
            place: path,
            describe: progress => progress.PercentComplete = source.TotalBytes > 0 ? (int)(source.BytesRead * 100 / source.TotalBytes) : -1);
        if (!replay.HasStaged)
        {
            WriteWarning("Nothing is staged: stage a partition or a policy, such as Set-MacPartition NAME -Staged $true, and test again.");
            return;
        }

        WriteVerbose($"{replay.Frames} frames, {replay.ChangedFrames} of them changed.");
        if (replay.UntoldFrames > 0)
        {
            WriteWarning($"{replay.UntoldFrames} frames more would change, in more ways than the {StagedReplay.MaxChanges} that are told.");
        }

        WriteObject(replay.Changes, enumerateCollection: true);
    }
}
