namespace MacSegmentation.Benchmarks;

/// <summary>The middle of what was measured.</summary>
internal static class Medians
{
    /// <summary>Not a number if nothing was measured.</summary>
    public static double Of(IReadOnlyCollection<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);

    /// <summary>The median of the rounds' ratios: what disturbs the machine for longer than a round disturbs both sides of it.</summary>
    public static double OfRatios<T>(IReadOnlyList<T> theirs, IReadOnlyList<T> ours, Func<T, double> figure) =>
        Of([.. theirs.Zip(ours, (their, our) => figure(our) / figure(their))]);
}
