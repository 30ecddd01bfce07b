namespace MacSegmentation.ProviderRuntime;

/// <summary>What waits for its turn between both stores.</summary>
internal abstract class PendingWork
{
    /// <summary>Refuses it.</summary>
    public abstract void Fail(Exception error);
}
