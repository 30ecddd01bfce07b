namespace MacSegmentation.ProviderRuntime;

/// <summary>Something that is done alone.</summary>
internal abstract class PendingTask : PendingWork
{
    /// <summary>Does it.</summary>
    public abstract void Run();
}

/// <summary>Something that is done alone, and has a result.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="work">Does it.</param>
internal sealed class PendingTask<T>(Func<T> work) : PendingTask
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What came of it.</summary>
    public Task<T> Answer => answer.Task;

    /// <inheritdoc/>
    public override void Run()
    {
        try
        {
            answer.TrySetResult(work());
        }
#pragma warning disable CA1031 // On a thread of the provider's own: whatever goes wrong is the answer to who waits.
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer.TrySetException(error);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception error) => answer.TrySetException(error);
}
