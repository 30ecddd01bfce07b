namespace MacSegmentation.Arguments;

/// <summary>The argument may be the former name of one of its values.</summary>
/// <param name="former">The name that the value had, in any case.</param>
/// <param name="present">The name that it has.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerValueAttribute(string former, string present) : ElementTransformationAttribute
{
    /// <summary>The name that the value had.</summary>
    public string Former => former;

    /// <summary>The name that it has.</summary>
    public string Present => present;

    /// <inheritdoc/>
    protected override object Convert(object value, string text) => string.Equals(text, former, StringComparison.OrdinalIgnoreCase) ? present : value;
}
