using MacSegmentation.Addressing;

namespace MacSegmentation.Arguments;

/// <summary>The argument is a VLAN's number. Which numbers can be configured is the domain's to say.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class VlanNumberAttribute : ElementTransformationAttribute
{
    /// <inheritdoc/>
    protected override object Convert(object value, string text) => VlanId.Parse(text);
}
