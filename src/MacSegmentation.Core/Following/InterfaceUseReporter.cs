using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.Following;

/// <summary>
/// Says for a running enforcer which interface records it uses, so that nobody removes them under its ports unawares. Says so anew until it
/// is disposed; if its process dies, the uses end with their <see cref="InterfaceUse.Lifetime"/>.
/// </summary>
/// <remarks>
/// Records are named: one that was removed by force and created again is used again from the next round on. One that was renamed is followed by its number.
/// </remarks>
public sealed class InterfaceUseReporter : IDisposable
{
    private readonly IMacStore store;
    private readonly IReadOnlyList<string> interfaceNames;
    private readonly AuditActor actor;
    private readonly string enforcerId = Guid.NewGuid().ToString("N");
    private readonly Lock reporting = new();

    /// <summary>The numbers of the records that were found: one that was renamed since is used still.</summary>
    private readonly Dictionary<string, long> numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ITimer timer;
    private bool isDisposed;

    /// <summary>Begins to report.</summary>
    /// <param name="store">The store. It stays the caller's to dispose, after this.</param>
    /// <param name="interfaceNames">Names of the records; one that does not exist is left out.</param>
    /// <param name="actor">Who uses them; null for this process.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="MacSegmentationException">StoreBusy, StoreReadOnly, StoreFull, StoreUnavailable: the store could not be written.</exception>
    public InterfaceUseReporter(IMacStore store, IReadOnlyList<string> interfaceNames, AuditActor? actor = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(interfaceNames);
        this.store = store;
        this.interfaceNames = interfaceNames;
        this.actor = actor ?? AuditActor.Current;
        Report();
        timer = (timeProvider ?? TimeProvider.System).CreateTimer(static self => ((InterfaceUseReporter)self!).Renew(), this, Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Time from one report to the next: one may be lost, and another be late.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Ends the uses, unless the store cannot be written: then they end with their lifetime. Waits for other writers as long as the store's
    /// busy timeout.
    /// </summary>
    public void Dispose()
    {
        lock (reporting)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            timer.Dispose();
            Try(() => store.Observe(observer =>
            {
                observer.DeleteInterfaceUses(enforcerId);
                return 0;
            }));
        }
    }

    /// <summary>Whatever goes wrong here is the store's trouble, which whoever follows it reports; the next round tries again.</summary>
    private static void Try(Action report)
    {
        try
        {
            report();
        }
#pragma warning disable CA1031, RCS1075 // On a timer's thread an exception would end the process.
        catch (Exception)
#pragma warning restore CA1031, RCS1075
        {
        }
    }

    private void Renew()
    {
        lock (reporting)
        {
            if (!isDisposed)
            {
                Try(Report);

                // The timer is armed anew after each round, so a slow store cannot pile rounds up.
                timer.Change(Interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Report() => store.Observe(observer =>
    {
        foreach (string name in interfaceNames)
        {
            if ((observer.FindInterface(name) ?? (numbers.TryGetValue(name, out long number) ? observer.FindInterfaceById(number) : null)) is { } record)
            {
                numbers[name] = record.InterfaceId;
                observer.UpsertInterfaceUse(new InterfaceUse
                {
                    InterfaceId = record.InterfaceId,
                    EnforcerId = enforcerId,
                    HostName = actor.HostName,
                    Process = actor.Process,
                    SeenAt = observer.Now,
                });
            }
        }

        return 0;
    });
}
