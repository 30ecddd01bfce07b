namespace MacSegmentation.Allocations;

/// <summary>
/// What some code allocates each time. The runtime allocates now and then on whatever thread comes by, such as for a method that it compiles anew: what does not come with every pass is not
/// the code's.
/// </summary>
internal static class Allocation
{
    private const int Passes = 5;

    /// <summary>The least octets that a pass has allocated.</summary>
    /// <param name="pass">The code, told which pass it is, from 0 on; the first makes what is made once and does not count.</param>
    public static long OfEach(Action<int> pass)
    {
        pass(0);
        long least = long.MaxValue;
        for (int i = 1; i <= Passes; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            pass(i);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
