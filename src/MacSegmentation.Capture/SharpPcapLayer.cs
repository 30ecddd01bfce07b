using System.Runtime.InteropServices;
using MacSegmentation.Pcap;
using SharpPcap;
using SharpPcap.LibPcap;

namespace MacSegmentation.Capture;

/// <summary>
/// Lists, opens, configures and closes adapters by SharpPcap. Nothing else of it is used: what reads, sends and counts is the data
/// plane's own (docs/performance.md has the figures).
/// </summary>
public sealed class SharpPcapLayer : ICaptureLayer
{
    private const string NativeName = "wpcap";

    private static int isBound;

    private PcapInterface? anyInterface;

    /// <summary>Makes the layer.</summary>
    /// <param name="library">Handle of the native library that the data plane has loaded.</param>
    public SharpPcapLayer(nint library)
    {
        // On Unix SharpPcap has a resolver of its own, which finds the same file by the same names.
        if (OperatingSystem.IsWindows() && Interlocked.Exchange(ref isBound, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(PcapDevice).Assembly, (name, _, _) => string.Equals(name, NativeName, StringComparison.Ordinal) ? library : 0);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<CaptureAdapter> List() =>
        [.. Enumerate().Select(known => new CaptureAdapter(
            known.Name,
            string.IsNullOrEmpty(known.Description) ? null : known.Description,
            (known.Flags & InterfaceFlags.Up) != 0,
            (known.Flags & InterfaceFlags.Loopback) != 0))];

    /// <inheritdoc/>
    /// <remarks>
    /// A device of SharpPcap whose opening failed says that it is open, and opening it again returns in silence: so there is a new one for
    /// each attempt, and it is closed when the attempt fails.
    /// </remarks>
    public IOpenCapture Open(string device, CaptureOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        ArgumentNullException.ThrowIfNull(options);
        var opening = new NamedDevice(anyInterface ??= FindAnyInterface(), device);
        try
        {
            opening.Open(Configure(options));
            if (options.IsNonBlocking)
            {
                opening.NonBlockingMode = true;
            }

            if (options.Filter is { } filter)
            {
                opening.Filter = filter;
            }

            return new SharpPcapCapture(opening, options.InNanoseconds);
        }
        catch (PcapException error)
        {
            string text = opening.Opened ? opening.LastError : WordsOf(error);
            opening.Dispose();
            throw new CaptureException((int)error.Error, text, error);
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }

    private static DeviceConfiguration Configure(CaptureOptions options)
    {
        bool isByOpen = options.LeavesOutOwnSends;
        var configuration = new DeviceConfiguration
        {
            Mode = (options.IsPromiscuous ? DeviceModes.Promiscuous : DeviceModes.None) | (isByOpen ? DeviceModes.NoCaptureLocal : DeviceModes.None),
            Snaplen = options.SnapLength,
            ReadTimeout = options.WaitMilliseconds,
            Immediate = options.IsImmediate ? true : null,
            TimestampResolution = options.InNanoseconds ? TimestampResolution.Nanosecond : null,

            // What pcap_open has opened is active already, and its ring is the driver's.
            BufferSize = isByOpen ? null : options.RingSize,
            KernelBufferSize = isByOpen ? options.RingSize : null,
            MinToCopy = isByOpen && options.IsImmediate ? 0 : null,
        };

        // A ring of another size or coarser times are no reason not to open; without a handler SharpPcap would take them for one.
        configuration.ConfigurationFailed += (_, _) => { };
        return configuration;
    }

    private static IReadOnlyList<PcapInterface> Enumerate()
    {
        try
        {
            return PcapInterface.GetAllPcapInterfaces();
        }
        catch (PcapException error)
        {
            throw new CaptureException((int)error.Error, error.Message, error);
        }
    }

    private static PcapInterface FindAnyInterface() =>
        Enumerate() is [var first, ..] ? first : throw new CaptureException((int)PcapError.NoSuchDevice, "No adapter can be seen at all");

    /// <summary>The library's words: SharpPcap puts the adapter's name and the function that it called before them.</summary>
    private static string WordsOf(PcapException error)
    {
        foreach (string function in (ReadOnlySpan<string>)[" using pcap_open. ", " using pcap_create. "])
        {
            if (error.Message.IndexOf(function, StringComparison.Ordinal) is var at and >= 0)
            {
                return error.Message[(at + function.Length)..];
            }
        }

        return error.Message;
    }
}
