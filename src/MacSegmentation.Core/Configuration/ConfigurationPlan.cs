using MacSegmentation.Auditing;
using MacSegmentation.Documents;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>Makes a store equal to a document, or tells what that would change.</summary>
public static class ConfigurationPlan
{
    private const int AuditPage = 4096;

    /// <summary>
    /// Makes the store equal to the document, in one transaction: all of it or nothing. What the document does not name goes even if it is
    /// in use: a VLAN with all that belongs to it, an interface record that is a port of a running enforcer, a security group that has
    /// members.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="document">The document.</param>
    /// <returns>What was changed, in order; empty if the store was equal, and then its revision stays.</returns>
    /// <exception cref="MacSegmentationException">
    /// ConfigurationInvalid, the errors of VLANs, pools, policies, interface records and security groups with the place in the document in
    /// front, and those of <see cref="IMacStore.Write{T}"/>.
    /// </exception>
    public static IReadOnlyList<ConfigurationChange> Apply(IMacStore store, MacConfiguration document) => ApplyStoppable(store, document, CancellationToken.None);

    /// <summary>Does what <see cref="Apply"/> does, until it is told to stop: then it ends between two things of the document, and nothing has happened.</summary>
    /// <param name="store">The store.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was changed, in order.</returns>
    /// <exception cref="MacSegmentationException">What <see cref="Apply"/> throws.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static IReadOnlyList<ConfigurationChange> ApplyStoppable(IMacStore store, MacConfiguration document, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(document);
        return store.WriteStoppable(writer => Run(writer, document, cancellation), cancellation);
    }

    /// <summary>
    /// What <see cref="Apply"/> would change now. It is the same run in a transaction that is rolled back, so it meets the same errors; it
    /// needs the right to write.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="document">The document.</param>
    /// <returns>What would be changed, in order.</returns>
    /// <exception cref="MacSegmentationException">What <see cref="Apply"/> throws.</exception>
    public static IReadOnlyList<ConfigurationChange> Preview(IMacStore store, MacConfiguration document) => PreviewStoppable(store, document, CancellationToken.None);

    /// <summary>Does what <see cref="Preview"/> does, until it is told to stop.</summary>
    /// <param name="store">The store.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What would be changed, in order.</returns>
    /// <exception cref="MacSegmentationException">What <see cref="Apply"/> throws.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static IReadOnlyList<ConfigurationChange> PreviewStoppable(IMacStore store, MacConfiguration document, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            return store.WriteStoppable<IReadOnlyList<ConfigurationChange>>(writer => throw new RollBackException(Run(writer, document, cancellation)), cancellation);
        }
        catch (RollBackException preview)
        {
            return preview.Changes;
        }
    }

    /// <summary>
    /// Makes the store equal to the document as <see cref="Apply"/> does, or leaves it as it is if it would lose something: whoever has to ask first is asked only then. Costs
    /// no memory for the changes.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="document">The document.</param>
    /// <param name="acceptsLoss">True to do it although the store loses something.</param>
    /// <param name="report">Gets how far it has come, on the thread that works; or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="MacSegmentationException">What <see cref="Apply"/> throws.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop, and nothing has happened.</exception>
    public static ConfigurationOutcome ApplyUnlessLoss(
        IMacStore store, MacConfiguration document, bool acceptsLoss, Action<ConfigurationProgress>? report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            return store.WriteStoppable(
                writer =>
                {
                    SharedStore.Require(writer);
                    long before = LastAuditId(writer);
                    ConfigurationRun.Over(writer, document, report, cancellation).MakeEqual();
                    var outcome = new ConfigurationOutcome
                    {
                        IsApplied = true,
                        Count = writer.CountAuditEvents(before),
                        AfterAuditId = before,
                        LastAuditId = LastAuditId(writer),
                    };
                    return acceptsLoss || !outcome.Loss.Any() ? outcome : throw new LossException(outcome with { IsApplied = false });
                },
                cancellation);
        }
        catch (LossException loss)
        {
            return loss.Outcome;
        }
    }

    private static List<ConfigurationChange> Run(IStoreWriter store, MacConfiguration document, CancellationToken cancellation)
    {
        SharedStore.Require(store);
        long last = LastAuditId(store);
        ConfigurationRun.Over(store, document, report: null, cancellation).MakeEqual();

        // What this transaction wrote into the audit is the plan: there is no second account of it that could differ.
        var changes = new List<ConfigurationChange>();
        while (store.ListAuditEvents(new AuditQuery { After = last, Oldest = AuditPage }) is { Count: > 0 } page)
        {
            changes.AddRange(page.Select(ConfigurationChange.Of));
            last = page[^1].AuditId;
        }

        return changes;
    }

    private static long LastAuditId(IStoreReader store) => store.ListAuditEvents(new AuditQuery { Newest = 1 }) is [var last] ? last.AuditId : 0;

    /// <summary>Leaves a transaction that would take something from the store.</summary>
    private sealed class LossException(ConfigurationOutcome outcome) : Exception
    {
        public ConfigurationOutcome Outcome { get; } = outcome;
    }

    /// <summary>Leaves a transaction without committing it.</summary>
    private sealed class RollBackException(List<ConfigurationChange> changes) : Exception
    {
        public List<ConfigurationChange> Changes { get; } = changes;
    }
}
