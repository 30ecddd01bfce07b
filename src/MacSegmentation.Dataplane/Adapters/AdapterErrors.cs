using MacSegmentation.Errors;

namespace MacSegmentation.Adapters;

/// <summary>The sentences for what can go wrong when an adapter is opened.</summary>
internal static class AdapterErrors
{
    private static string RightsWayOut => OperatingSystem.IsWindows()
        ? "Run as administrator, or install Npcap without the option that restricts its driver to administrators."
        : OperatingSystem.IsMacOS()
            ? "Run as root, or give your user access to /dev/bpf*."
            : "Run as root, or give the executable the capabilities: setcap cap_net_raw,cap_net_admin+eip <executable>.";

    internal static MacSegmentationException NotFound(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var nearest = NearestNames.Of(name, names);
        string wayOut = nearest.Count > 0
            ? $"Did you mean {string.Join(" or ", nearest)}?"
            : names.Length > 0 ? $"There are: {string.Join(", ", names)}." : "No adapter can be seen at all.";
        return new MacSegmentationException("AdapterNotFound", MacErrorKind.NotFound, $"There is no adapter {name}. {wayOut}", name);
    }

    internal static MacSegmentationException NotPermitted(string name, string detail) =>
        new("CaptureNotPermitted", MacErrorKind.PermissionDenied, $"The right to open {name} is missing{Tail(detail)}. {RightsWayOut}", name);

    internal static MacSegmentationException NotEthernet(string name, string linkType) =>
        new(
            "LinkTypeNotEthernet",
            MacErrorKind.InvalidArgument,
            $"{name} does not carry Ethernet frames: its link type is {linkType}. Name an Ethernet adapter; Get-MacCaptureDevice lists them.",
            name);

    internal static MacSegmentationException Failed(string name, string detail) =>
        new("CaptureFailed", MacErrorKind.Unavailable, $"{name} could not be opened{Tail(detail)}. Look whether it works with tcpdump -i {name}.", name);

    /// <summary>Another enforcer has the adapter.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="holder">The process that has it; 0 if that is not known.</param>
    internal static MacSegmentationException InUse(string name, int holder) => new(
        "AdapterInUse",
        MacErrorKind.InUse,
        holder == Environment.ProcessId
            ? $"This process ({holder}) enforces on {name} already, by this name or another. Name each adapter once, or stop the enforcer that has it: Get-MacPolicyEnforcer lists those of a session."
            : $"{NameOf(holder)} enforces on {name} already, and a second enforcer would forward what the first one denies. Stop that one, or name another adapter.",
        name);

    private static string NameOf(int process)
    {
        if (process == 0)
        {
            return "Another process";
        }

        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return $"Process {process} ({found.ProcessName})";
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return $"Process {process}";
        }
    }

    private static string Tail(string detail) => detail.Length == 0 ? "" : $" ({detail.TrimEnd('.')})";
}
