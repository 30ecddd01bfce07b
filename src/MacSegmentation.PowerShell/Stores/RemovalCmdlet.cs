using System.Management.Automation;

namespace MacSegmentation.Stores;

/// <summary>A cmdlet that removes things for good, once the user has confirmed each that could be removed.</summary>
/// <typeparam name="TKey">By what a thing is named.</typeparam>
/// <typeparam name="TRecord">The thing.</typeparam>
public abstract class RemovalCmdlet<TKey, TRecord> : GroupCommitCmdlet<TKey, TRecord>
{
    /// <summary>Does not ask; where others use a thing, removes it all the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the thing as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The thing, if it could be removed.</summary>
    private protected abstract TRecord GetRemovable(IStoreReader store, TKey key);

    /// <summary>What the user is asked about.</summary>
    private protected abstract string Describe(TRecord record);

    /// <summary>What would happen to it.</summary>
    private protected abstract string Action { get; }

    /// <summary>Takes what the user has confirmed.</summary>
    private protected void Remove(IEnumerable<TKey> keys)
    {
        foreach (var key in keys)
        {
            if (Force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm"))
            {
                // Nobody is asked: what cannot be removed is found in the transaction that removes.
                Collect(key);
                continue;
            }

            // Nobody is asked to confirm what would then be refused; the transaction that removes looks once more.
            Read(store => GetRemovable(store, key), record =>
            {
                if (MayDestroy(Describe(record), Action, Force))
                {
                    Collect(key);
                }
            });
        }
    }

    private protected sealed override void WriteResult(TKey item, TRecord result)
    {
        if (Force)
        {
            // Where somebody could have been asked, that has told it.
            WriteVerbose($"{Describe(result)}: {Action}.");
        }

        if (PassThru)
        {
            WriteObject(result);
        }
    }
}
