using MacSegmentation.Pcap;

namespace MacSegmentation.LivePorts;

/// <summary>How a live port is opened.</summary>
public sealed record LivePortOptions
{
    private const int SmallestRing = 64 << 10;
    private const int LargestRing = 1 << 30;

    /// <summary>
    /// Octets of memory for frames that have arrived and wait to be read, 64 KiB to 1 GiB. The default holds about 5,000 frames, and
    /// still fits a processor's cache: with twice as much, every frame is written to and read from main memory once a load fills it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less, or more.</exception>
    public int RingSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestRing);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestRing);
            field = value;
        }
    } = 8 << 20;

    /// <summary>Turns off the offloads that merge frames or leave them unfinished, until the port is closed.</summary>
    public bool DisableOffload { get; init; }
}
