using MacSegmentation.Reports;
using MacSegmentation.Units;

namespace MacSegmentation.RunningEnforcers;

/// <summary>
/// An enforcer of any host that follows the store, as it told of itself last. It does so once a second; one that ends takes its row along, one that dies falls silent and is forgotten a day later.
/// </summary>
public sealed record MacRunningEnforcer
{
    /// <summary>After which silence an enforcer is <see cref="RunningEnforcerState.Silent"/>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>How long a silent one is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>The most names of ports that are told of; <see cref="PortCount"/> counts all.</summary>
    public const int MaxPortNames = 64;

    /// <summary>What is told of it.</summary>
    public static Report<MacRunningEnforcer> Report { get; } = new Report<MacRunningEnforcer>()
        .Text("enforcerId", enforcer => enforcer.EnforcerId)
        .Text("name", enforcer => enforcer.Name)
        .Text("hostName", enforcer => enforcer.HostName)
        .Text("process", enforcer => enforcer.Process)
        .Choice<RunningEnforcerKind>("kind", enforcer => enforcer.Kind)
        .Choice<RunningEnforcerState>("state", enforcer => enforcer.State)
        .Texts("ports", enforcer => enforcer.Ports)
        .Number("portCount", enforcer => enforcer.PortCount)
        .Number("portsDown", enforcer => enforcer.PortsDown)
        .Number("revision", enforcer => enforcer.Revision)
        .Text("tableError", enforcer => enforcer.TableError)
        .Time("startedAt", enforcer => enforcer.StartedAt)
        .Time("seenAt", enforcer => enforcer.SeenAt)
        .Number("framesIn", enforcer => enforcer.FramesIn)
        .Number("framesDenied", enforcer => enforcer.FramesDenied)
        .Number("spoofRefusals", enforcer => enforcer.SpoofRefusals);

    /// <summary>The enforcer, unique among all that run.</summary>
    public required string EnforcerId { get; init; }

    /// <summary>Its name, as its job or <c>macseg enforce --name</c> has it; empty for none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The host that it runs on.</summary>
    public required string HostName { get; init; }

    /// <summary>The program and its process id, such as <c>macseg/4711</c>.</summary>
    public required string Process { get; init; }

    /// <summary>What it stands between.</summary>
    public RunningEnforcerKind Kind { get; init; }

    /// <summary>Whether it gives signs of life.</summary>
    public RunningEnforcerState State { get; init; }

    /// <summary>The names of its ports, the first <see cref="MaxPortNames"/> of them.</summary>
    public IReadOnlyList<string> Ports { get; init => field = TextList.Of<string>(value); } = TextList.Of<string>([]);

    /// <summary>Number of its ports.</summary>
    public int PortCount { get; init; }

    /// <summary>Number of ports whose adapter is down or gone.</summary>
    public int PortsDown { get; init; }

    /// <summary>The store's revision of the table in force.</summary>
    public long Revision { get; init; }

    /// <summary>Why the newest configuration could not be put in force; empty if it could.</summary>
    public string TableError { get; init; } = string.Empty;

    /// <summary>When it began to run.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was seen last.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Frames taken in since its start.</summary>
    public long FramesIn { get; init; }

    /// <summary>Frames that it denied since its start.</summary>
    public long FramesDenied { get; init; }

    /// <summary>Of these, frames denied because they claim an address of another.</summary>
    public long SpoofRefusals { get; init; }

    /// <summary>The enforcer as of a moment: silent if it was not seen for its lifetime.</summary>
    /// <param name="now">The moment.</param>
    public MacRunningEnforcer At(DateTimeOffset now) => this with { State = now - SeenAt < Lifetime ? RunningEnforcerState.Running : RunningEnforcerState.Silent };

    /// <summary>The enforcer as one line.</summary>
    public override string ToString() => Name.Length == 0 ? $"{Process} on {HostName}" : $"'{Name}' ({Process} on {HostName})";
}
