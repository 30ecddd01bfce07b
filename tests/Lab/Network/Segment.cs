namespace MacSegmentation.Lab.Network;

/// <summary>
/// Two hosts and the machine between them: <c>a0 (host A) — p1 (middle) … p2 (middle) — b0 (host B)</c>. Nothing forwards between p1
/// and p2 but the enforcer under test.
/// </summary>
public sealed class Segment : IDisposable
{
    /// <summary>Internet addresses of the hosts.</summary>
    public const string AddressOfA = "10.77.0.1";

    /// <inheritdoc cref="AddressOfA"/>
    public const string AddressOfB = "10.77.0.2";

    /// <summary>Hardware addresses of the hosts.</summary>
    public const string MacOfA = "02:00:00:00:00:0a";

    /// <inheritdoc cref="MacOfA"/>
    public const string MacOfB = "02:00:00:00:00:0b";

    /// <summary>Why no segment can be made here, or null.</summary>
    public static string? Missing { get; } = FindWhatIsMissing();

    /// <summary>Makes the hosts and the wires.</summary>
    public Segment()
    {
        Assert.SkipUnless(Missing is null, $"The lab needs network namespaces: {Missing}");
        HostA = new NetworkNamespace("a");
        HostB = new NetworkNamespace("b");
        Middle = new NetworkNamespace("middle");
        try
        {
            Middle.Connect("p1", HostA, "a0");
            Middle.Connect("p2", HostB, "b0");
            HostA.Ip("link", "set", "a0", "address", MacOfA);
            HostB.Ip("link", "set", "b0", "address", MacOfB);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The host at p1.</summary>
    public NetworkNamespace HostA { get; }

    /// <summary>The host at p2.</summary>
    public NetworkNamespace HostB { get; }

    /// <summary>The machine on which the enforcer runs.</summary>
    public NetworkNamespace Middle { get; }

    /// <summary>Gives the hosts their internet addresses.</summary>
    public void AssignAddresses()
    {
        HostA.Ip("address", "add", AddressOfA + "/24", "dev", "a0");
        HostB.Ip("address", "add", AddressOfB + "/24", "dev", "b0");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        HostA.Dispose();
        HostB.Dispose();
        Middle.Dispose();
    }

    private static string? FindWhatIsMissing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this is not Linux.";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return "the tests do not run as root.";
        }

        foreach (var (program, version) in new[] { ("ip", "-V"), ("ping", "-V") })
        {
            try
            {
                Command.Run(program, version);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return $"{program} is not installed.";
            }
        }

        var (exitCode, output) = Command.Try("unshare", "--net", "ip", "link", "add", "probe0", "type", "veth", "peer", "name", "probe1");
        return exitCode == 0 ? null : "the kernel or the container does not let a veth pair be made: " + output.Trim();
    }
}
