using System.Globalization;
using MacSegmentation.Units;

namespace MacSegmentation.Settings;

/// <summary>A setting that is a time.</summary>
internal sealed class TimeSetting<T>(string name, string help, string errorId, Func<T, TimeSpan> get, Func<T, TimeSpan, T> set) : Setting<T>(name, help, errorId)
{
    /// <summary>The shortest.</summary>
    public required TimeSpan Minimum { get; init; }

    /// <summary>The longest.</summary>
    public required TimeSpan Maximum { get; init; }

    /// <inheritdoc/>
    public override string ValueName => "TIME";

    /// <inheritdoc/>
    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{Minimum.TotalSeconds:N0} seconds to {Maximum.TotalSeconds:N0} seconds");

    /// <inheritdoc/>
    public override T With(T owner, string text) => set(owner, Duration.Parse(text).Value);

    /// <inheritdoc/>
    public override string ToText(T owner) => new Duration(get(owner)).ToString();

    /// <inheritdoc/>
    public override void Validate(T owner, string whose = "")
    {
        var time = get(owner);
        if (time < Minimum || time > Maximum)
        {
            throw OutOfRange(time, whose);
        }
    }
}
