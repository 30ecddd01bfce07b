using System.Globalization;
using MacSegmentation.Errors;

namespace MacSegmentation.Addressing;

/// <summary>The limits of a VLAN identifier (IEEE 802.1Q-2022 section 9.6: 0 means priority only, 4095 is reserved).</summary>
public static class VlanId
{
    /// <summary>Lowest VLAN that can be configured.</summary>
    public const int Minimum = 1;

    /// <summary>Highest VLAN that can be configured.</summary>
    public const int Maximum = 4094;

    /// <summary>Number of values of the 12-bit field.</summary>
    public const int FieldValues = 4096;

    /// <summary>Reads a VLAN's number. Which numbers can be configured is <see cref="Validate"/>'s to say.</summary>
    /// <param name="text">The number.</param>
    /// <exception cref="FormatException">It is no number.</exception>
    public static int Parse(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"'{text}' is not a VLAN. Give a number from {Minimum} to {Maximum}.");

    /// <summary>Returns the number if it is a VLAN that can be configured.</summary>
    /// <param name="vlanId">1 to 4094.</param>
    /// <exception cref="MacSegmentationException">InvalidVlanId: any other number.</exception>
    public static int Validate(int vlanId) => vlanId is >= Minimum and <= Maximum
        ? vlanId
        : throw new MacSegmentationException(
            "InvalidVlanId",
            MacErrorKind.InvalidArgument,
            $"VLAN {vlanId} is not a VLAN that can be configured. Give a number from {Minimum} to {Maximum}{vlanId switch { 0 => " (0 marks a frame that has a priority only)", 4095 => " (4095 is reserved by IEEE 802.1Q)", _ => string.Empty }}.",
            vlanId);
}
