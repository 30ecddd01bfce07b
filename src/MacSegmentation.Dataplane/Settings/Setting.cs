using MacSegmentation.Errors;

namespace MacSegmentation.Settings;

/// <summary>
/// A setting of an enforcer, described once for cmdlets and macseg: what it is called, what it means, what it may be, and what it is if it is not given.
/// </summary>
/// <typeparam name="T">What has the setting.</typeparam>
/// <param name="name">Its name as a parameter and in a table.</param>
/// <param name="help">What it means, in a sentence without its end.</param>
/// <param name="errorId">The id of the error if it is wrong.</param>
public abstract class Setting<T>(string name, string help, string errorId)
{
    /// <summary>Its name as a parameter and in a table, such as <c>AgeingTime</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Former names, which are still understood.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Its name as an option, such as <c>--ageing-time</c>.</summary>
    public string OptionName { get; init; } = ToOption(name);

    /// <summary>Former names as options.</summary>
    public IReadOnlyList<string> OptionAliases { get; init; } = [];

    /// <summary>What it means, in a sentence without its end.</summary>
    public string Help { get; } = help;

    /// <summary>What to call its value in a usage line; null if it is only on or off.</summary>
    public abstract string? ValueName { get; }

    /// <summary>What it may be, in words; null if anything that can be read.</summary>
    public abstract string? Range { get; }

    /// <summary>The id of the error if it is wrong.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>The setting as words, such as <c>ageing time</c>.</summary>
    public string Words => string.Concat(Name.Select((letter, index) => char.IsUpper(letter) && index > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    /// <summary>Sets it.</summary>
    /// <param name="owner">What has it.</param>
    /// <param name="text">Its value as text.</param>
    /// <exception cref="FormatException">The text is no such value; the message says what is.</exception>
    /// <exception cref="MacSegmentationException">The same, of VLANs.</exception>
    public abstract T With(T owner, string text);

    /// <summary>Its value as text.</summary>
    public abstract string ToText(T owner);

    /// <summary>Throws if its value is out of range.</summary>
    /// <param name="owner">What has it.</param>
    /// <param name="whose">What the value belongs to, to be said after it, or nothing.</param>
    /// <exception cref="MacSegmentationException"><see cref="ErrorId"/>.</exception>
    public abstract void Validate(T owner, string whose = "");

    /// <summary>What is wrong with a value.</summary>
    private protected MacSegmentationException OutOfRange(object value, string whose) =>
        new(ErrorId, MacErrorKind.InvalidArgument, $"The {Words} {value}{whose} is out of range. Give {Range}.", value);

    private static string ToOption(string name) => $"-{string.Concat(name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"))}";
}
