using System.Runtime.ExceptionServices;

namespace MacSegmentation.BlockProtocol;

/// <summary>A thread for calls that are waited for no longer than a time. One that takes longer is left alone with it, and another thread takes its place.</summary>
#pragma warning disable CA1001 // Its thread uses the semaphore for as long as the store keeps it, which nobody waits for; it has nothing of the system's.
internal sealed class BoundedCall
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim wanted = new(0);
    private Action? work;
    private volatile Action? atEnd;

    public BoundedCall() => new Thread(Work) { IsBackground = true, Name = "provider central store" }.Start();

    /// <summary>Makes a call; one at a time.</summary>
    /// <param name="call">The call.</param>
    /// <param name="patience">How long it is waited for.</param>
    /// <param name="result">What came of it.</param>
    /// <returns>False if it takes longer: whatever comes of it then is nobody's.</returns>
    public bool TryRun<T>(Func<T> call, TimeSpan patience, out T? result)
    {
        var made = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work = () =>
        {
            try
            {
                made.SetResult(call());
            }
#pragma warning disable CA1031 // It is thrown again where the call was asked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                made.SetException(error);
            }
        };
        wanted.Release();
        result = default;
        try
        {
            if (!made.Task.Wait(patience))
            {
                return false;
            }
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerException!);
        }

        result = made.Task.Result;
        return true;
    }

    /// <summary>Ends the thread, after what is under way.</summary>
    public void End() => EndWith(static () => { });

    /// <summary>Ends the thread, with something to do when what is under way has ended.</summary>
    /// <param name="last">What to do.</param>
    public void EndWith(Action last)
    {
        atEnd = last;
        wanted.Release();
    }

    private void Work()
    {
        while (true)
        {
            wanted.Wait();
            if (Interlocked.Exchange(ref work, null) is { } next)
            {
                next();
            }
            else if (atEnd is { } last)
            {
                last();
                return;
            }
        }
    }
}
