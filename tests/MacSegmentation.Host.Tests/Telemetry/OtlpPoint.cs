namespace MacSegmentation.Telemetry;

/// <summary>A data point that a collector received.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Kind">What sort of metric it is: gauge, sum or histogram.</param>
/// <param name="IsMonotonic">True for a sum that only grows.</param>
/// <param name="Value">The value; of a histogram its count.</param>
/// <param name="Sum">The sum of a histogram.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record OtlpPoint(string Metric, string Unit, string Kind, bool IsMonotonic, double Value, double Sum, IReadOnlyDictionary<string, object?> Attributes);
