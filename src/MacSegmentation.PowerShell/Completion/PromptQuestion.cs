namespace MacSegmentation.Completion;

/// <summary>
/// A question that is asked while somebody waits at the prompt: answered soon, or not at all. A prompt that hangs is worse than one without an answer, and what went wrong
/// is told by the cmdlet that is then run.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class PromptQuestion(TimeProvider time)
{
    /// <summary>How long somebody waits at a prompt.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    private int isAsking;

    /// <summary>The answer; none if there is none in time, or if the question before has not come back yet.</summary>
    /// <param name="ask">Asks, and ends when it is told to.</param>
    public IReadOnlyList<T> Ask<T>(Func<CancellationToken, IReadOnlyList<T>> ask)
    {
        // What a lost server keeps is one thread, however often Tab is pressed.
        if (Interlocked.Exchange(ref isAsking, 1) != 0)
        {
            return [];
        }

        using var patience = new CancellationTokenSource(Timeout, time);
        var token = patience.Token;
        var answer = Task.Run(
            () =>
            {
                try
                {
                    return ask(token);
                }
                finally
                {
                    Volatile.Write(ref isAsking, 0);
                }
            },
            CancellationToken.None);
        try
        {
            answer.Wait(token);
            return answer.Result;
        }
        catch (Exception error) when (error is OperationCanceledException or AggregateException)
        {
            _ = answer.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return [];
        }
    }
}
