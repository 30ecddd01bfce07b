namespace MacSegmentation.Benchmarks.Live;

/// <summary>What a program made of a load.</summary>
/// <param name="Offered">Frames a second that were sent to it.</param>
/// <param name="Delivered">Frames a second that arrived behind it.</param>
/// <param name="ProcessorTime">Nanoseconds of a core for each that arrived.</param>
internal readonly record struct Load(double Offered, double Delivered, double ProcessorTime)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Delivered,9:N0} of {Offered,9:N0} frames/s offered";
}
