namespace MacSegmentation.Settings;

/// <summary>A setting that is read by a concept of its own: a name, VLANs.</summary>
internal sealed class TextSetting<T>(string name, string help, string errorId, string valueName, Func<T, string> get, Func<T, string, T> set) : Setting<T>(name, help, errorId)
{
    /// <summary>What it may be, in words, if that is less than what its concept reads.</summary>
    public string? Choices { get; init; }

    /// <inheritdoc/>
    public override string ValueName => valueName;

    /// <inheritdoc/>
    public override string? Range => Choices;

    /// <inheritdoc/>
    public override T With(T owner, string text) => set(owner, text);

    /// <inheritdoc/>
    public override string ToText(T owner) => get(owner);

    /// <inheritdoc/>
    public override void Validate(T owner, string whose = "")
    {
        // What goes together is the owner's to say.
    }
}
