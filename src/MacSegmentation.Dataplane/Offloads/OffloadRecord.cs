using System.Text;
using MacSegmentation.Adapters;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Offloads;

/// <summary>
/// What an enforcer has turned off, written down while it is: a process that is killed restores nothing, so the next one that opens the adapter does. Linux only.
/// </summary>
/// <remarks>
/// It is named by network namespace and adapter number, lies where files go with the host's restart as the offloads' state does, and has a line for each adapter: its name and the
/// features, with blanks between. Whoever holds the adapter (<see cref="AdapterLock"/>) and finds one knows that nobody else will restore it. Where no file can be
/// written, none is: then what a kill leaves stays as it is.
/// </remarks>
internal sealed class OffloadRecord
{
    private readonly string? path;

    private OffloadRecord(string? path) => this.path = path;

    /// <summary>The record of an adapter of the calling thread's network namespace.</summary>
    /// <param name="socket">A socket of that namespace.</param>
    /// <param name="adapterName">Name of the adapter that is opened.</param>
    public static OffloadRecord Of(SocketHandle socket, string adapterName)
    {
        int index = new LinuxAdapter(socket.Descriptor, adapterName).Index;
        return new OffloadRecord(index == 0 || FindFolder() is not { } folder || FindNamespace() is not { } network ? null : Path.Combine(folder, $"{network}-{index}"));
    }

    /// <summary>Turns on again what an enforcer that was killed left off, if anything is written down of the adapter.</summary>
    /// <param name="adapterName">Name of the adapter.</param>
    public static void RestoreLeft(string adapterName)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var socket = SocketHandle.ForQuestions();
        var record = Of(socket, adapterName);
        foreach (var (adapter, features) in record.Read())
        {
            // Without the right it stays written down, for who has it.
            if (new LinuxAdapter(socket.Descriptor, adapter).Index != 0 && !new DriverFeatures(new LinuxAdapter(socket.Descriptor, adapter)).TrySet(features, on: true))
            {
                return;
            }
        }

        record.Remove();
    }

    /// <summary>Writes down what is off.</summary>
    /// <param name="turnedOff">For each adapter its name and features.</param>
    public void Write(IEnumerable<(string AdapterName, string[] Features)> turnedOff)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            // In full or not at all: a record that was half written would restore half.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string draft = $"{path}.new";
            File.WriteAllLines(draft, turnedOff.Select(adapter => $"{adapter.AdapterName} {string.Join(' ', adapter.Features)}"), Encoding.UTF8);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is the net for a kill, and nothing that work depends on.
        }
    }

    /// <summary>Takes the record away: all of it is on again.</summary>
    public void Remove()
    {
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next one turns on what is on: that does no harm.
        }
    }

    /// <summary>Where what is of a running system only is kept (file-hierarchy(7)): the host's, or the user's.</summary>
    private static string? FindFolder() => Environment.IsPrivilegedProcess ? "/run/macsegmentation/offloads"
        : Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own ? Path.Combine(own, "macsegmentation", "offloads")
        : null;

    /// <summary>The number of the calling thread's network namespace, as in <c>net:[4026531840]</c> (namespaces(7)).</summary>
    private static string? FindNamespace() => new FileInfo("/proc/thread-self/ns/net").LinkTarget is { } link ? string.Concat(link.Where(char.IsAsciiDigit)) : null;

    private IEnumerable<(string AdapterName, string[] Features)> Read()
    {
        try
        {
            return !File.Exists(path) ? [] : [.. File.ReadAllLines(path).Select(line => line.Split(' ')).Where(parts => parts.Length > 1).Select(parts => (parts[0], parts[1..]))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
