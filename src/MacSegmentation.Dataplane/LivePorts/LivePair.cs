using MacSegmentation.Addressing;
using MacSegmentation.Enforcement;
using MacSegmentation.Errors;
using MacSegmentation.Offloads;
using MacSegmentation.Pcap;
using MacSegmentation.Switch;

namespace MacSegmentation.LivePorts;

/// <summary>Two adapters as a bump in the wire: what arrives at one may leave by the other.</summary>
public sealed class LivePair : IDisposable
{
    private readonly LivePort first;
    private readonly LivePort second;

    private LivePair(LivePort first, LivePort second, int firstNativeVlanId, int secondNativeVlanId)
    {
        this.first = first;
        this.second = second;
        Routes =
        [
            new EnforcerRoute(first.Source, second.Sink) { NativeVlanId = firstNativeVlanId },
            new EnforcerRoute(second.Source, first.Sink) { NativeVlanId = secondNativeVlanId },
        ];
    }

    /// <summary>The two directions, for a <see cref="PolicyEnforcer"/>, which closes both adapters when it ends.</summary>
    public IReadOnlyList<EnforcerRoute> Routes { get; }

    /// <summary>Offloads in force on either that hand over merged or unfinished frames: reasons to warn.</summary>
    public IReadOnlyList<ActiveOffload> Offloads => [.. first.Offloads, .. second.Offloads];

    /// <summary>Opens two adapters; if the second fails, the first is closed again.</summary>
    /// <param name="firstAdapter">One adapter.</param>
    /// <param name="secondAdapter">The other.</param>
    /// <param name="firstNativeVlanId">The VLAN of frames that arrive at the first without a VLAN's tag, 1 to 4094.</param>
    /// <param name="secondNativeVlanId">The same of the second.</param>
    /// <param name="options">How to open them.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, AdapterNamedTwice, and those of <see cref="LivePort.Open"/>.
    /// </exception>
    public static LivePair Open(
        string firstAdapter,
        string secondAdapter,
        int firstNativeVlanId = VlanId.Minimum,
        int secondNativeVlanId = VlanId.Minimum,
        LivePortOptions? options = null)
    {
        VlanId.Validate(firstNativeVlanId);
        VlanId.Validate(secondNativeVlanId);
        if (string.Equals(firstAdapter, secondAdapter, StringComparison.Ordinal))
        {
            throw new MacSegmentationException(
                "AdapterNamedTwice",
                MacErrorKind.InvalidArgument,
                $"An enforcer stands between two adapters, and {firstAdapter} is named twice. Name two.",
                firstAdapter);
        }

        var first = LivePort.Open(firstAdapter, options);
        try
        {
            return new LivePair(first, LivePort.Open(secondAdapter, options), firstNativeVlanId, secondNativeVlanId);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>Closes both, if no enforcer was started with them.</summary>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
