using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// Waits on a connection of its own for what writers tell (LISTEN and NOTIFY), and connects anew, for as long as it takes, when that breaks.
/// </summary>
internal sealed class PostgresListener : IDisposable
{
    /// <summary>What a writer runs; whoever listens hears of it when that has committed.</summary>
    public const string Notify = "NOTIFY macsegmentation";

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly PostgresPlace place;
    private readonly Action notice;
    private readonly Task listening;

    /// <summary>Begins to listen.</summary>
    /// <param name="place">The store.</param>
    /// <param name="notice">Called when there may be a change; on a thread of the pool, never twice at once.</param>
    public PostgresListener(PostgresPlace place, Action notice)
    {
        this.place = place;
        this.notice = notice;
        listening = Task.Run(ListenAsync);
    }

    /// <summary>Ends listening. A notice that is under way may still come to its end.</summary>
    public void Dispose()
    {
        stopping.Cancel();
        _ = listening.ContinueWith(_ => stopping.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Nobody waits for this task, so nothing that goes wrong may end it: polling is the net for what is missed meanwhile.</summary>
    private async Task ListenAsync()
    {
        var pause = TimeSpan.FromMilliseconds(20);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(() => pause = TimeSpan.FromMilliseconds(20));
            }
#pragma warning disable CA1031 // See the summary.
            catch (Exception)
#pragma warning restore CA1031
            {
                await Task.Delay(pause, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
            }
        }
    }

    private async Task ListenOnceAsync(Action succeed)
    {
        var token = stopping.Token;
        var source = place.CreateSource();
        await using (source)
        {
            var connection = await source.OpenConnectionAsync(token);
            await using (connection)
            {
                connection.Notification += (_, _) => notice();
                var command = new NpgsqlCommand("LISTEN macsegmentation", connection);
                await using (command)
                {
                    await command.ExecuteNonQueryAsync(token);
                }

                // What was told before is told to nobody again.
                succeed();
                notice();
                while (true)
                {
                    await connection.WaitAsync(token);
                }
            }
        }
    }
}
