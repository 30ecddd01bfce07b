using System.Globalization;
using MacSegmentation.Units;

namespace MacSegmentation.Settings;

/// <summary>A setting that is a whole number, or a rate.</summary>
internal sealed class NumberSetting<T>(string name, string help, string errorId, Func<T, int> get, Func<T, int, T> set) : Setting<T>(name, help, errorId)
{
    /// <summary>The smallest number, but for 0 if that has a meaning.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>The largest number.</summary>
    public required int Maximum { get; init; }

    /// <summary>What is counted.</summary>
    public required string Unit { get; init; }

    /// <summary>What 0 stands for, or null if it is no value.</summary>
    public string? Zero { get; init; }

    /// <summary>True if it is so many a second.</summary>
    public bool IsRate { get; init; }

    /// <inheritdoc/>
    public override string ValueName => IsRate ? "RATE" : "NUMBER";

    /// <inheritdoc/>
    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{Minimum:N0} to {Maximum:N0} {Unit}{(Zero is null ? string.Empty : $", or 0 for {Zero}")}");

    /// <inheritdoc/>
    public override T With(T owner, string text)
    {
        if (IsRate)
        {
            return set(owner, (int)Math.Clamp(Rate.Parse(text).PerSecond, int.MinValue, int.MaxValue));
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? set(owner, number)
            : throw new FormatException($"'{text}' is not a number. Give a whole number: {Range}.");
    }

    /// <inheritdoc/>
    public override string ToText(T owner) => get(owner).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override void Validate(T owner, string whose = "")
    {
        int number = get(owner);
        if ((number < Minimum || number > Maximum) && !(number == 0 && Zero is not null))
        {
            throw OutOfRange(number, whose);
        }
    }
}
