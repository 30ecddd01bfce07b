using MacSegmentation.Units;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a share in per cent, with its sign or without. Which shares are right is the domain's to say.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PerCentAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => Share.Parse(text).PerCent;
}
