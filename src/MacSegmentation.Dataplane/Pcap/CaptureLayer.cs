using MacSegmentation.Errors;

namespace MacSegmentation.Pcap;

/// <summary>
/// Where a program that stands on this assembly says what opens its adapters. It says so once, where it starts, and nothing is made or
/// loaded before the first adapter is asked for.
/// </summary>
public static class CaptureLayer
{
    private static readonly Lock Gate = new();
    private static Func<nint, ICaptureLayer>? create;
    private static ICaptureLayer? current;

    /// <summary>Says what opens adapters. One that was made already stays: a module that is imported again says the same again.</summary>
    /// <param name="layer">Makes it over the native library, whose handle it is given; called once, when it is first needed.</param>
    public static void Use(Func<nint, ICaptureLayer> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        lock (Gate)
        {
            create = layer;
        }
    }

    /// <summary>What opens adapters. The native library is asked for first, so that its absence is told in our own words.</summary>
    /// <exception cref="MacSegmentationException">PcapMissing.</exception>
    /// <exception cref="InvalidOperationException">Nobody said what opens adapters.</exception>
    internal static ICaptureLayer Current
    {
        get
        {
            nint library = PcapLibrary.Require();
            lock (Gate)
            {
                return current ??= create?.Invoke(library)
                    ?? throw new InvalidOperationException($"Nothing opens adapters: the program is to call {nameof(CaptureLayer)}.{nameof(Use)} where it starts.");
            }
        }
    }
}
