using System.Management.Automation;
using MacSegmentation.Completion;

namespace MacSegmentation.Stores;

/// <summary>A cmdlet that changes the session's store, on the word of whoever types it: each change can have a reason, and has one where the store requires it.</summary>
public abstract class ChangeCmdlet : StoreCmdlet
{
    /// <summary>Why, for the audit: a ticket's number, a sentence.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Reason { get; set; }

    /// <summary>Changes the store in one transaction. What still waits for the store, or has not come to its commit, when the user presses Ctrl+C is stopped, and has not happened.</summary>
    private protected T Change<T>(Func<IMacStore, CancellationToken, T> change, string activity = "Changing the store", Action<ProgressRecord>? describe = null)
    {
        var changed = Store.WithReason(Reason);
        var token = StopToken;
        return Await(() => change(changed, token), activity, describe: describe);
    }
}
