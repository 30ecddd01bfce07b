using System.Management.Automation;

namespace MacSegmentation.Stores;

/// <summary>How far the copying of a store has come, said by the thread that copies and shown by the one that waits for it.</summary>
internal sealed class StoreWork
{
    private readonly Lock gate = new();
    private StoreCopyProgress reported;

    /// <summary>Takes note of how far it has come.</summary>
    public void Report(StoreCopyProgress progress)
    {
        lock (gate)
        {
            reported = progress;
        }
    }

    /// <summary>Writes it into what is shown.</summary>
    public void Describe(ProgressRecord shown)
    {
        lock (gate)
        {
            if (reported.TotalRows > 0)
            {
                shown.StatusDescription = $"{reported.Table}: {reported.Rows} of {reported.TotalRows} rows copied or compared";
                shown.PercentComplete = (int)Math.Min(100, 100 * reported.Rows / reported.TotalRows);
            }
        }
    }
}
