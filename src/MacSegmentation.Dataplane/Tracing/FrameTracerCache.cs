using System.Runtime.CompilerServices;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tracing;

/// <summary>
/// Keeps the traced switch of a store from one question to the next, as long as somebody has the store open: to compile a hundred thousand records takes a second, and
/// to take a frame through them no time.
/// </summary>
public sealed class FrameTracerCache
{
    private static readonly ConditionalWeakTable<IMacStore, FrameTracerCache> Caches = [];

    private FrameTracer? kept;

    private FrameTracerCache()
    {
    }

    /// <summary>The cache of a store.</summary>
    /// <param name="store">The store.</param>
    public static FrameTracerCache Of(IMacStore store) => Caches.GetValue(store, static _ => new FrameTracerCache());

    /// <summary>Takes the store's newest configuration out for one caller, who gives it back with <see cref="Return"/>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="from">Where the frames come in: the name of an interface record, or <see cref="FrameTracer.Uplink"/>.</param>
    /// <param name="nativeVlan">The VLAN of frames without a tag that come in by the uplink, or null if it takes none.</param>
    /// <param name="unknownVlan">What happens to frames of VLANs that are not in the store.</param>
    /// <param name="report">Gets each frame's test.</param>
    /// <exception cref="Errors.MacSegmentationException">InterfaceNotFound; and what the store throws.</exception>
    public FrameTracer Take(IMacStore store, string from, int? nativeVlan, PolicyAction unknownVlan, Action<MacFrameTest> report)
    {
        ArgumentNullException.ThrowIfNull(store);
        var tracer = Interlocked.Exchange(ref kept, null);
        try
        {
            var snapshot = store.ReadSnapshot(tracer?.Snapshot);
            var policies = tracer is not null && ReferenceEquals(snapshot, tracer.Snapshot) && tracer.Policies.UnknownVlanAction == unknownVlan
                ? tracer.Policies
                : DecisionTable.Compile(snapshot, unknownVlan, tracer?.Policies);
            if (tracer is null || tracer.NativeVlan != nativeVlan || !tracer.TryUse(snapshot, policies))
            {
                return tracer = new FrameTracer(snapshot, policies, from, nativeVlan, report);
            }

            tracer.Begin(from, report);
            return tracer;
        }
        catch
        {
            Return(tracer);
            throw;
        }
    }

    /// <summary>Gives a tracer back; of several that were taken out at once the last one stays.</summary>
    /// <param name="tracer">The tracer, or null.</param>
    public void Return(FrameTracer? tracer)
    {
        if (tracer is not null)
        {
            tracer.Rest();
            Volatile.Write(ref kept, tracer);
        }
    }
}
