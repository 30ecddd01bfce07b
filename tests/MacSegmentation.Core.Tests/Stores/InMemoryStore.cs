using System.Collections.Immutable;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.SecurityGroups;
using MacSegmentation.SecurityTriggers;

namespace MacSegmentation.Stores;

/// <summary>The store's contract in the plainest form, to try the domain's rules on.</summary>
internal sealed class InMemoryStore(TimeProvider timeProvider, string storeId = "memory") : IMacStore
{
    private readonly Lock writing = new();
    private InMemoryState state = InMemoryState.Empty;
    private int lineage;
    private int drawn;

    public event EventHandler? ChangeNoticed;

    public MacStoreInfo Info { get; } = new() { Provider = "Memory", ProviderVersion = "1", Path = string.Empty, SchemaVersion = 1 };

    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>What changes and reads of the newest state throw, if anything.</summary>
    public Exception? Failure { get; set; }

    public void Dispose()
    {
    }

    /// <summary>Says that there may be a change.</summary>
    public void Notice() => ChangeNoticed?.Invoke(this, EventArgs.Empty);

    /// <summary>Number of changes so far, those that raised no revision included; what was observed is none.</summary>
    public int Changes { get; private set; }

    /// <summary>True to roll the next change back once it was made, and make it again, as a server's store does when a connection breaks.</summary>
    public bool RetriesNext { get; set; }

    public T Read<T>(Func<IStoreReader, T> query) => Failure is null ? query(Session()) : throw Failure;

    public T ReadStoppable<T>(Func<IStoreReader, T> query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Read(query);
    }

    public T Write<T>(Func<IStoreWriter, T> change) => WriteStoppable(change, CancellationToken.None);

    public T WriteStoppable<T>(Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Changes++;
        if (RetriesNext)
        {
            RetriesNext = false;
            change(Session());
        }

        return Alone(change);
    }

    public T Observe<T>(Func<IStoreObserver, T> observation) => Alone(observation);

    public long ReadRevision() => Failure is null ? state.Revision : throw Failure;

    /// <summary>Puts the state of another store in the place of this one's.</summary>
    public void Restore(InMemoryStore other) => Restore(other.state);

    /// <summary>What the store holds now, to be restored later.</summary>
    public InMemoryState BackUp() => state;

    /// <summary>Puts an earlier state, or that of a copy, in the place of this one's.</summary>
    public void Restore(InMemoryState earlier)
    {
        state = earlier;
        lineage++;
    }

    public bool IsNewest(ConfigurationSnapshot snapshot) => ReadRevision() == snapshot.Revision && string.Equals(snapshot.Token, Token, StringComparison.Ordinal);

    public ConfigurationSnapshot ReadSnapshot(ConfigurationSnapshot? previous = null)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        return previous is not null && IsNewest(previous)
            ? previous
            : new ConfigurationSnapshot(
                state.Revision,
                [
                    .. state.Vlans.Values.Select(vlan =>
                        new VlanPolicies(vlan.VlanId, vlan.DefaultAction, [.. Session().ListPolicies(vlan.VlanId)]) { ArpResponder = vlan.ArpResponder }),
                ])
            {
                Interfaces = [.. state.Interfaces.Values],
                Token = Token,
                StartsOver = previous is not null && !string.Equals(previous.Token, Token, StringComparison.Ordinal),
            }.With<MacSecurityGroup>([.. state.Groups.Values]).With<MacPartition>([.. state.Partitions.Values]).With<PartitionSettings>([state.PartitionSettings])
                .With<MacSecurityTrigger>([.. state.SecurityTriggers.Values]).With<TriggerHold>([.. state.TriggerHolds]).With<MacProfile>([.. state.Profiles.Values])
                .With<MacSession>([.. state.Sessions.Values]).With<MacProfileRule>([.. state.ProfileRules.Values]);
    }

    private string Token => $"{lineage}";

    private T Alone<T>(Func<InMemorySession, T> change)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        using var alone = writing.EnterScope();
        var session = Session();
        T result = change(session);
        state = session.HasAudit ? session.State with { Revision = state.Revision + 1, Marks = state.Marks.SetItem(state.Revision + 1, session.Token) } : session.State;
        return result;
    }

    private InMemorySession Session() => new(state, timeProvider.GetUtcNow(), storeId, $"{storeId} {Interlocked.Increment(ref drawn)}");
}
