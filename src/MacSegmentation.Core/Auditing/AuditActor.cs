using System.Reflection;

namespace MacSegmentation.Auditing;

/// <summary>Who makes changes through a store handle.</summary>
/// <param name="User">The user, with the domain or host in front.</param>
/// <param name="HostName">The host.</param>
/// <param name="Process">The program and its process id.</param>
public sealed record AuditActor(string User, string HostName, string Process)
{
    /// <summary>The user and process that run this code.</summary>
    public static AuditActor Current { get; } = new(
        string.IsNullOrEmpty(Environment.UserDomainName) ? Environment.UserName : $"{Environment.UserDomainName}\\{Environment.UserName}",
        Environment.MachineName,
        $"{ProgramName}/{Environment.ProcessId}");

    // The program that was started, and not what runs it: in `dotnet pwsh.dll` the process is called dotnet. Null where a program that is not .NET's hosts this code.
    private static string ProgramName => Assembly.GetEntryAssembly()?.GetName().Name ?? Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "unknown";
}
