namespace MacSegmentation.Lab.Network;

/// <summary>What the kernel must be able to make. Apart from the namespaces, which the benchmarks use without tests.</summary>
internal static class KernelLinks
{
    /// <summary>Skips the test if the kernel cannot make interfaces of a type.</summary>
    /// <param name="space">Where to try.</param>
    /// <param name="type">The type, as ip-link(8) has it.</param>
    /// <param name="arguments">What such an interface needs besides its name and type.</param>
    public static void RequireLink(this NetworkNamespace space, string type, params string[] arguments)
    {
        var (exitCode, output) = Command.Try("ip", ["-n", space.Name, "link", "add", .. arguments, "name", "probe0", "type", type]);
        Assert.SkipUnless(exitCode == 0, $"The kernel makes no interface of type {type}: {output.Trim()}");
        space.Ip("link", "delete", "probe0");
    }
}
