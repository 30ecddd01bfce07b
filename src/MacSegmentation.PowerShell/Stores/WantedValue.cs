namespace MacSegmentation.Stores;

/// <summary>One value that a cmdlet can change.</summary>
/// <typeparam name="T">The record that has it.</typeparam>
/// <param name="Parameter">The parameter, or the parameters with commas between.</param>
/// <param name="Before">The value in a record as it is.</param>
/// <param name="Given">What is given; null if it is to stay.</param>
internal sealed record WantedValue<T>(string Parameter, Func<T, object?> Before, object? Given)
{
    /// <summary>What the record calls it.</summary>
    public string Shown { get; init; } = Parameter;

    /// <summary>What becomes of it, where that is not what is given.</summary>
    public Func<T, object?>? After { get; init; }
}
