using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// Makes writers take turns. SQLite's write lock goes to whoever asks at the right moment, and that is the one who has just given it back:
/// among processes that write without pause the others would wait for ever. So a writer first locks a file beside the store, keeps that lock
/// only while it waits for the write lock, and is next for certain; who has just written finds the file locked and waits like the others.
/// The lock guards nothing but the order: safety is SQLite's, and a process that dies gives its locks back.
/// </summary>
internal sealed class WriterTurn(StoreFile file)
{
    // EWOULDBLOCK on Linux and macOS; ERROR_SHARING_VIOLATION on Windows, as its HRESULT.
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Takes the write lock when the turn comes.</summary>
    /// <param name="tryLock">Tries to take the write lock.</param>
    /// <exception cref="Errors.MacSegmentationException">StoreBusy: the turn did not come within the busy timeout.</exception>
    public void Await(Func<bool> tryLock)
    {
        long start = Stopwatch.GetTimestamp();
        using var turn = Take(start);
        while (!tryLock())
        {
            Pause(start, 1);
        }
    }

    private SafeFileHandle? Take(long start)
    {
        while (true)
        {
            try
            {
                return File.OpenHandle(file.TurnPath, FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
            }
            catch (IOException error) when (error.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation)
            {
                // Equal and random pauses give every waiter the same chance; pauses that grow would favour newcomers.
                Pause(start, Random.Shared.Next(1, 5));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Without the file there is no order among writers, and still no harm.
                return null;
            }
        }
    }

    private void Pause(long start, int milliseconds)
    {
        if (Stopwatch.GetElapsedTime(start) >= file.BusyTimeout)
        {
            throw StoreFailure.Busy(file);
        }

        Thread.Sleep(milliseconds);
    }
}
