namespace MacSegmentation.Adapters;

/// <summary>
/// The lock of an adapter on Windows: a named mutex of all sessions (Global\), which is there as long as a process has it open. Nobody waits for it, so no thread owns it.
/// </summary>
internal static class AdapterMutex
{
    /// <summary>Takes an adapter.</summary>
    /// <param name="device">What pcap calls it: <c>\Device\NPF_{GUID}</c>.</param>
    /// <param name="name">What the user calls it.</param>
    /// <exception cref="Errors.MacSegmentationException">AdapterInUse.</exception>
    public static IDisposable Take(string device, string name)
    {
        // No backslash may be in the name behind the first one; what is behind the last one is the adapter's own.
        string adapter = device[(device.LastIndexOf('\\') + 1)..].ToUpperInvariant();
        try
        {
            var mutex = new Mutex(initiallyOwned: false, $@"Global\MacSegmentation.Adapter.{adapter}", out bool isNew);
            if (isNew)
            {
                return mutex;
            }

            mutex.Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            // It is there, and another user's.
        }

        throw AdapterErrors.InUse(name, holder: 0);
    }
}
