namespace MacSegmentation.Arguments;

/// <summary>The argument is a value of the domain, or anything whose text is one.</summary>
/// <typeparam name="T">The type.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ParsedAttribute<T> : ElementTransformationAttribute
    where T : struct, IParsable<T>
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => value is T already ? already : T.Parse(text, provider: null);
}
