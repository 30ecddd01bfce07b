using System.Collections.Frozen;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <summary>
/// Names that many devices bear, because nobody gave them one of their own: who takes such a name for a handle gives two devices one address.
/// </summary>
internal static class PlaceholderHandle
{
    private const int UuidDigits = 32;
    private const int ShortDigits = 16;

    /// <summary>
    /// UUIDs that makers of boards leave in the SMBIOS (System Information, type 1, DMTF DSP0134 section 7.2), in both orders of octets; and a service
    /// tag of blanks.
    /// </summary>
    private static readonly FrozenSet<string> BoardUuids = new[]
    {
        "03000200040005000006000700080009", "00020003000400050006000700080009", "123456781234567890abcddeefaabbcc", "4c4c454400002010802080c04f202020",
        "fefefefefefefefefefefefefefefefe", "0102030405060708090a0b0c0d0e0f10", "11111111222233334444555555555555",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What makers write where a serial number or a name would be.</summary>
    private static readonly FrozenSet<string> Phrases = new[]
    {
        "to be filled by o.e.m.", "default string", "system serial number", "not specified", "not applicable", "none", "unknown", "n/a",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a name that is not one device's own.</summary>
    /// <param name="handle">The handle.</param>
    /// <exception cref="MacSegmentationException">PlaceholderHandle.</exception>
    public static void Refuse(DeviceHandle handle)
    {
        if (Phrases.Contains(handle.Text) || IsPlaceholder(HandleText.Digits(handle.Text)))
        {
            throw new MacSegmentationException(
                "PlaceholderHandle",
                MacErrorKind.InvalidArgument,
                $"'{handle}' stands for no device: many have it, and all of them would get one address. Give a name of the device's own, such as its serial number, a WWN or a UUID that was made for it.",
                handle.Text);
        }
    }

    private static bool IsPlaceholder(string? digits) => digits is { Length: ShortDigits or UuidDigits }
        && (!digits.AsSpan().ContainsAnyExcept('0') || !digits.AsSpan().ContainsAnyExcept('f') || BoardUuids.Contains(digits));
}
