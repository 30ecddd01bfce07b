namespace MacSegmentation.Settings;

/// <summary>A setting that is on or off.</summary>
internal sealed class FlagSetting<T>(string name, string help, string errorId, Func<T, bool> get, Func<T, bool, T> set) : Setting<T>(name, help, errorId)
{
    /// <summary>True if it is an option of its own for each port, and not told by the option that makes the port.</summary>
    public bool IsOption { get; init; }

    /// <inheritdoc/>
    public override string? ValueName => null;

    /// <inheritdoc/>
    public override string? Range => IsOption ? "true or false" : null;

    /// <inheritdoc/>
    public override T With(T owner, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "ON" or "1" => set(owner, true),
        "FALSE" or "OFF" or "0" => set(owner, false),
        _ => throw new FormatException($"'{text}' is neither true nor false. Give true or false."),
    };

    /// <inheritdoc/>
    public override string ToText(T owner) => get(owner) ? "true" : "false";

    /// <inheritdoc/>
    public override void Validate(T owner, string whose = "")
    {
        // Both are right.
    }
}
