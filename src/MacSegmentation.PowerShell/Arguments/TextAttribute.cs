namespace MacSegmentation.Arguments;

/// <summary>The argument is text, which the domain reads.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => text;
}
