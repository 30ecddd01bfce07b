using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.NicMetrics;

/// <summary>Shows what running enforcers measure at vNICs, beside what their profiles ask for.</summary>
[Cmdlet(VerbsCommon.Get, "MacNicMetric")]
[OutputType(typeof(MacNicMetric))]
public sealed class GetMacNicMetricCommand : StoreCmdlet
{
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromDays(1);

    private readonly List<string> instances = [];

    /// <summary>When what was written last of a vNIC's direction was measured, and its state.</summary>
    private readonly Dictionary<(string Interface, ProfileDirection Direction, string EnforcerId), DateTimeOffset> written = [];

    /// <summary>Only instances with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "InstanceName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[]? Instance { get; set; }

    /// <summary>Only ports of interface records with such a name; wildcards allowed.</summary>
    [Parameter]
    [Alias("MacInterface", "InterfaceName")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[]? Interface { get; set; }

    /// <summary>Only instances of sessions with such a name; wildcards allowed.</summary>
    [Parameter]
    [Named]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[]? Session { get; set; }

    /// <summary>Writes what is measured anew, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>From one look to the next, with -Wait.</summary>
    [Parameter]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Interval < MinInterval || Interval > MaxInterval || (!Wait && MyInvocation.BoundParameters.ContainsKey(nameof(Interval))))
        {
            var error = new MacSegmentationException(
                "InvalidInterval",
                MacErrorKind.InvalidArgument,
                Wait
                    ? $"Metrics cannot be looked at every {Interval}. Give an interval from {MinInterval.TotalMilliseconds:0}ms to {MaxInterval.TotalDays:0}d."
                    : "An interval is for -Wait, which looks again and again. Add -Wait, or leave the interval out.",
                Interval);
            ThrowTerminatingError(error.ToRecord());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Wait)
        {
            instances.AddRange(Instance ?? []);
            return;
        }

        Look(Instance, isFirst: true);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!Wait)
        {
            return;
        }

        string[]? names = Instance is null ? null : [.. instances];
        for (bool isFirst = true; !StopToken.IsCancellationRequested; isFirst = false)
        {
            Look(names, isFirst);
            StopToken.WaitHandle.WaitOne(Interval);
        }
    }

    /// <summary>Writes what was not written before.</summary>
    /// <param name="names">The instances; null for all, and for what is none.</param>
    /// <param name="isFirst">True if what was named has to be there: it may go while it is waited for.</param>
    private void Look(string[]? names, bool isFirst)
    {
        var isNamed = NameFilter.Match(names);
        var isInterface = NameFilter.Match(Interface);
        var isOfSession = NameFilter.Match(Session);
        string? only = (names ?? Interface) is [{ } name] && NameFilter.IsExact(name) ? name : null;
        Read(
            store =>
            {
                if (isFirst)
                {
                    Require(store, names);
                }

                return NicMetricCatalog.List(store, only);
            },
            metrics =>
            {
                foreach (var metric in metrics)
                {
                    if ((names is null || (metric.Instance is { } instance && isNamed(instance)))
                        && isInterface(metric.Interface)
                        && (Session is null || (metric.Session is { } session && isOfSession(session)))
                        && IsNew(metric))
                    {
                        WriteObject(metric);
                    }
                }
            });
    }

    /// <summary>While it is waited for, each measurement is written once, and once that there is none.</summary>
    private bool IsNew(MacNicMetric metric)
    {
        if (!Wait)
        {
            return true;
        }

        var key = (metric.Interface, metric.Direction, metric.EnforcerId);
        if (written.TryGetValue(key, out var before) && (metric.State == NicState.NotAttached || metric.Time <= before))
        {
            return false;
        }

        // An enforcer that comes again, or goes again, is news.
        written.Remove((metric.Interface, metric.Direction, string.Empty));
        written[key] = metric.Time;
        return true;
    }

    /// <summary>Makes sure that there is what was named to be looked at.</summary>
    private void Require(IStoreReader store, string[]? names)
    {
        foreach (string instance in names?.Where(NameFilter.IsExact) ?? [])
        {
            InstanceCatalog.Get(store, instance);
        }

        foreach (string record in Interface?.Where(NameFilter.IsExact) ?? [])
        {
            InterfaceCatalog.Get(store, record);
        }

        foreach (string session in Session?.Where(NameFilter.IsExact) ?? [])
        {
            SessionCatalog.Get(store, session);
        }
    }
}
