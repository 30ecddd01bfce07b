using System.Net.NetworkInformation;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Pcap;

/// <summary>The adapters that pcap sees.</summary>
public static class CaptureDevices
{
    private const string WindowsPrefix = @"\Device\NPF_";

    /// <summary>Lists the adapters, whether each can be opened, and why not.</summary>
    /// <exception cref="MacSegmentationException">PcapMissing; CaptureFailed if the library cannot list.</exception>
    public static IReadOnlyList<MacCaptureDevice> List()
    {
        var system = NetworkInterface.GetAllNetworkInterfaces();
        return [.. Enumerate().Select(device => Describe(device, system.FirstOrDefault(known => IsSame(device.Name, known))))];
    }

    /// <summary>The adapter of a name.</summary>
    /// <param name="name">Its name as <see cref="List"/> gives it; on Windows also the name that the system shows.</param>
    /// <exception cref="MacSegmentationException">PcapMissing, CaptureFailed; AdapterNotFound, with the nearest names.</exception>
    public static MacCaptureDevice Get(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string device = Resolve(name);
        var devices = List();
        return devices.FirstOrDefault(known => string.Equals(known.Name, device, StringComparison.Ordinal))
            ?? throw AdapterErrors.NotFound(name, devices.Select(known => known.Name));
    }

    /// <summary>What pcap calls an adapter that a user names.</summary>
    /// <exception cref="MacSegmentationException">AdapterNotFound, with the nearest names.</exception>
    internal static string Resolve(string name)
    {
        // An adapter may be there that the library leaves out of its list; what the kernel knows exists.
        if (OperatingSystem.IsLinux())
        {
            using var socket = SocketHandle.ForQuestions();
            if (new LinuxAdapter(socket.Descriptor, name).Index != 0)
            {
                return name;
            }
        }

        var devices = Enumerate();
        if (devices.Any(device => string.Equals(device.Name, name, StringComparison.Ordinal)))
        {
            return name;
        }

        if (!OperatingSystem.IsWindows())
        {
            throw AdapterErrors.NotFound(name, devices.Select(device => device.Name));
        }

        var system = NetworkInterface.GetAllNetworkInterfaces();
        string FriendlyName(CaptureAdapter device) => system.FirstOrDefault(known => IsSame(device.Name, known))?.Name ?? device.Name;
        var named = devices.FirstOrDefault(device => string.Equals(FriendlyName(device), name, StringComparison.OrdinalIgnoreCase));
        return named?.Name ?? throw AdapterErrors.NotFound(name, devices.Select(FriendlyName));
    }

    private static IReadOnlyList<CaptureAdapter> Enumerate()
    {
        try
        {
            return CaptureLayer.Current.List();
        }
        catch (CaptureException error)
        {
            throw AdapterErrors.Failed("The list of adapters", error.Message);
        }
    }

    private static MacCaptureDevice Describe(CaptureAdapter device, NetworkInterface? system)
    {
        var (linkType, failure) = PcapOpener.Probe(device.Name);
        if (linkType is not (null or "EN10MB"))
        {
            failure = AdapterErrors.NotEthernet(device.Name, linkType).Message;
        }

        byte[] address = system?.GetPhysicalAddress().GetAddressBytes() ?? [];
        return new MacCaptureDevice
        {
            Name = device.Name,
            Description = OperatingSystem.IsWindows() && system is not null ? $"{system.Name}: {system.Description}" : device.Description,
            MacAddress = address.Length == 6 ? Addressing.MacAddress.FromOctets(address) : null,
            LinkType = linkType,
            IsUp = device.IsUp,
            IsLoopback = device.IsLoopback,
            CanOpen = failure is null,
            Reason = failure,
            Addresses = system is null ? [] : [.. system.GetIPProperties().UnicastAddresses.Select(assigned => assigned.Address)],
        };
    }

    /// <summary>On Windows pcap's name holds the adapter's GUID, and the system's id is that GUID.</summary>
    private static bool IsSame(string device, NetworkInterface system) =>
        string.Equals(device, OperatingSystem.IsWindows() ? WindowsPrefix + system.Id : system.Name, StringComparison.OrdinalIgnoreCase);
}
