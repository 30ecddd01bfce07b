namespace MacSegmentation.Lab.Network;

/// <summary>A program of the system that a test needs.</summary>
public static class SystemProgram
{
    /// <summary>Skips the test if a program is not there.</summary>
    /// <param name="name">The program.</param>
    /// <param name="package">The package of Debian that has it.</param>
    public static void Require(string name, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        bool isThere = folders.Any(folder => File.Exists(Path.Join(folder, name)));
        Assert.SkipUnless(isThere, $"{name} is not installed: it comes with Debian's package {package}.");
    }
}
