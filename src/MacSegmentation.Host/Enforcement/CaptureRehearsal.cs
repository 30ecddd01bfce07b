using System.Collections.Immutable;
using MacSegmentation.Frames;
using MacSegmentation.Output;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>
/// A capture of one frame that is nowhere, judged beside the reading of the configuration: .NET compiles what it runs for the first time,
/// and an enforcer takes as long to compile as two million frames to judge. Another core has done it when the store is ready.
/// </summary>
internal sealed class CaptureRehearsal : IFrameSource, IFrameSink
{
    private const int ShortestFrame = 60;

    private readonly byte[] frame = new byte[ShortestFrame];
    private bool isRead;

    /// <inheritdoc cref="IFrameSource.Name"/>
    public string Name => "rehearsal";

    /// <summary>Runs it from start to report.</summary>
    public static void Run()
    {
        var nothing = new ConfigurationSnapshot(0, ImmutableArray<VlanPolicies>.Empty);
        using var ports = new CaptureRehearsal();
        using var terminal = Terminal.Nowhere();
        using var judge = new PolicyEnforcer(nothing, DecisionTable.Compile(nothing), [new EnforcerRoute(ports, ports) { IsCapture = true }]);
        judge.Start();
        judge.Completion.GetAwaiter().GetResult();
        EnforcementReport.Write(terminal, judge.GetStatistics(), judge.GetPolicyHits(), judge.GetPartitionHits(), judge.Switch);
    }

    /// <inheritdoc/>
    public SourceState Receive(IFrameHandler handler)
    {
        if (isRead)
        {
            return SourceState.Ended;
        }

        isRead = true;
        handler.Handle(new Frame(frame, frame.Length, timestamp: 0));
        return SourceState.Open;
    }

    /// <inheritdoc/>
    public bool Send(in Frame frame) => true;

    /// <inheritdoc/>
    public int Flush() => 0;

    /// <inheritdoc/>
    public void Interrupt() => isRead = true;

    /// <inheritdoc/>
    public long ReadLostFrames() => 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
