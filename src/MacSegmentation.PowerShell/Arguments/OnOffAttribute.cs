namespace MacSegmentation.Arguments;

/// <summary>
/// The argument is a setting that is on or off. PowerShell itself would refuse the text of a CSV file, and take Hyper-V's <c>OnOffState.On</c>,
/// whose number is 0, for off.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OnOffAttribute : ElementTransformationAttribute
{
    /// <summary>Whether none given is off: for a switch, which knows no third state, and which PowerShell then takes for on.</summary>
    public bool NoneIsOff { get; set; }

    /// <inheritdoc/>
    protected override object? None => NoneIsOff ? false : null;

    /// <inheritdoc/>
    protected override object Convert(object value, string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "ON" or "1" => true,
        "FALSE" or "OFF" or "0" => false,
        _ => throw new FormatException($"'{text}' is neither on nor off. Give $true or $false."),
    };
}
