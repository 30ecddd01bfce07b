using System.Diagnostics;
using System.Management.Automation;
using MacSegmentation.Errors;
using MacSegmentation.Providers;

namespace MacSegmentation.Stores;

/// <summary>
/// A cmdlet that changes the store for each record of the pipeline. Records are collected and changed in groups, one durable transaction a
/// group; what came of each is written in the records' order after the commit.
/// </summary>
/// <remarks>
/// The first record is a group of its own and each full group is followed by one twice as large, so that a pipeline which wants the
/// first few objects only (<c>Select-Object -First</c>) does not change a thousand records, and one of ten thousand needs a few dozen commits. A
/// slow pipeline does not wait for a group to fill: a record that comes long after the last commit is committed at once.
/// </remarks>
/// <typeparam name="TItem">What a record asks for.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
public abstract class GroupCommitCmdlet<TItem, TResult> : ChangeCmdlet
{
    private const int LargestGroup = 1024;
    private static readonly TimeSpan ProgressAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(200);

    private readonly List<TItem> group = [];
    private readonly long began = Stopwatch.GetTimestamp();
    private int groupSize = 1;
    private long committed;
    private ProgressRecord? progress;
    private long lastCommit;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Commit();
        if (progress is not null)
        {
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }
    }

    /// <summary>Makes the change of one record. It must not write before its last chance to throw.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="item">What the record asks for.</param>
    /// <exception cref="MacSegmentationException">The record changes nothing; others are not hindered.</exception>
    private protected abstract TResult Change(IStoreWriter writer, TItem item);

    /// <summary>Writes what came of one record; called after the commit.</summary>
    private protected abstract void WriteResult(TItem item, TResult result);

    /// <summary>True if records wait for the commit: what is known of a later one already must not overtake them.</summary>
    private protected bool IsCollecting => group.Count > 0;

    /// <summary>Takes a record that the user has confirmed.</summary>
    private protected void Collect(TItem item)
    {
        group.Add(item);
        if (group.Count >= groupSize)
        {
            groupSize = Math.Min(groupSize * 2, LargestGroup);
            Commit();
        }
        else if (Stopwatch.GetElapsedTime(lastCommit) >= MaxWait)
        {
            Commit();
        }
    }

    private void Commit()
    {
        bool stopAtFirstError = AsksAtFirstError();
        while (group.Count > 0)
        {
            var outcomes = Required(() => Change((store, stopping) => store.WriteGroup(
                group, SharedStore.Require, (writer, item) => Change(writer, item), stopAtFirstError, stopping)));
            lastCommit = Stopwatch.GetTimestamp();
            if (outcomes.Count > 1)
            {
                WriteVerbose($"Committed a group of {outcomes.Count} records.");
            }

            committed += outcomes.Count;
            if (Stopwatch.GetElapsedTime(began) > ProgressAfter && committed > 1)
            {
                // How many will come, nobody knows: the pipeline is still making them.
                progress ??= new ProgressRecord(1, MyInvocation.MyCommand.Name, Store.Info.Path);
                progress.StatusDescription = $"{committed} records, {committed / Stopwatch.GetElapsedTime(began).TotalSeconds:0} a second";
                WriteProgress(progress);
            }

            // Writing may not come back (an error that stops, a satisfied Select-Object): what is done must not be tried again.
            group.RemoveRange(0, outcomes.Count);
            foreach (var outcome in outcomes)
            {
                if (outcome.Error is { } error)
                {
                    WriteError(error.ToRecord());
                }
                else
                {
                    WriteResult(outcome.Item, outcome.Result!);
                }
            }
        }
    }

    /// <summary>True if an error may end the pipeline: the records after it must then not have changed yet.</summary>
    private bool AsksAtFirstError()
    {
        object? preference = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given) ? given : GetVariableValue("ErrorActionPreference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) && action is ActionPreference.Stop or ActionPreference.Inquire;
    }
}
