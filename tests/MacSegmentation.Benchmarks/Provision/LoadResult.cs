using System.Diagnostics;

namespace MacSegmentation.Benchmarks.Provision;

/// <summary>What a load was answered, and how fast.</summary>
/// <param name="Known">How long known handles took, in ticks of the stopwatch, ascending.</param>
/// <param name="New">How long new handles took.</param>
/// <param name="Refused">Number of refusals.</param>
/// <param name="Seconds">How long the load lasted.</param>
internal sealed record LoadResult(long[] Known, long[] New, int Refused, double Seconds)
{
    public double Rate => Known.Length / Seconds;

    public double NewRate => New.Length / Seconds;

    public double P50 => At(Known, 0.5);

    public double P99 => At(Known, 0.99);

    public double NewP50 => At(New, 0.5);

    public double NewP99 => At(New, 0.99);

    /// <summary>A quantile in milliseconds.</summary>
    private static double At(long[] ticks, double quantile) => ticks.Length == 0 ? 0 : ticks[(int)(ticks.Length * quantile)] * 1000.0 / Stopwatch.Frequency;
}
