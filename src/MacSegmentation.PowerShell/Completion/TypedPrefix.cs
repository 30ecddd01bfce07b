using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.Completion;

/// <summary>What a text that somebody has begun to type may become, as ranges of values: what a store can look up.</summary>
internal static class TypedPrefix
{
    /// <summary>Most rows that are read for a range: a list of candidates is cut there.</summary>
    public const int MaxRows = 500;

    private const int MacDigits = 12;
    private const int LongestNumber = 18;
    private const int Groups = 8;

    /// <summary>The MAC addresses that begin so and the format in which they are typed; null if none does.</summary>
    public static (MacRange Range, string Format)? MacAddresses(string typed)
    {
        string digits = string.Concat(typed.Where(sign => sign is not (':' or '-' or '.')));
        if (digits.Length > MacDigits || !digits.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        char format = typed.IndexOfAny([':', '-', '.']) switch
        {
            < 0 => digits.Length > 2 ? 'n' : 'c',
            2 when typed[2] is '-' => 'd',
            2 => 'c',
            _ => 's',
        };
        bool isCapital = digits.Any(char.IsAsciiHexDigitUpper) && digits.Any(char.IsAsciiLetterUpper);
        return (new MacRange(MacAddress.Parse(digits.PadRight(MacDigits, '0')), MacAddress.Parse(digits.PadRight(MacDigits, 'f'))), $"{(isCapital ? char.ToUpperInvariant(format) : format)}");
    }

    /// <summary>The numbers from 1 whose digits begin so, as ranges of ascending numbers.</summary>
    public static IEnumerable<(long First, long Last)> Numbers(string typed)
    {
        if (typed.Length == 0)
        {
            return [(1, long.MaxValue)];
        }

        return typed.Length <= LongestNumber && typed.All(char.IsAsciiDigit) && typed[0] != '0'
            ? Widened(long.Parse(typed, CultureInfo.InvariantCulture), 10, LongestNumber - typed.Length)
            : [];
    }

    /// <summary>The IP addresses whose text begins so, as ranges; a compressed IPv6 address is found by what is before the two colons.</summary>
    public static IEnumerable<(IPAddress First, IPAddress Last)> IPAddresses(string typed)
    {
        if (typed.Length == 0)
        {
            // The numbers of IPv4 addresses lie among those of IPv6.
            return [(IPAddress.IPv6Any, ToVersion6([.. Enumerable.Repeat((long)ushort.MaxValue, Groups)]))];
        }

        var version4 = typed.Contains(':', StringComparison.Ordinal) ? [] : Ranges(typed, '.', parts: 4, radix: 10, highest: byte.MaxValue).Select(range => (ToVersion4(range.First), ToVersion4(range.Last)));
        var version6 = typed.Contains('.', StringComparison.Ordinal) ? [] : Ranges(Uncompressed(typed), ':', Groups, 16, ushort.MaxValue).Select(range => (ToVersion6(range.First), ToVersion6(range.Last)));
        return version4.Concat(version6);
    }

    /// <summary>What is before a compressed part: behind it, any text may follow.</summary>
    private static string Uncompressed(string typed) => typed.IndexOf("::", StringComparison.Ordinal) is >= 0 and var end ? typed[..(end == 0 ? 0 : end + 1)] : typed;

    /// <summary>The ranges of addresses of some parts, the last of which may be typed in part only.</summary>
    private static IEnumerable<(long[] First, long[] Last)> Ranges(string typed, char separator, int parts, int radix, int highest)
    {
        string[] given = typed.Split(separator);
        long[] known = new long[parts];
        if (given.Length > parts)
        {
            yield break;
        }

        for (int i = 0; i < given.Length; i++)
        {
            bool isLast = i == given.Length - 1;
            if (given[i].Length == 0 && isLast)
            {
                yield return (Filled(known, i, 0, 0), Filled(known, i, highest, highest));
            }
            else if (!TryParse(given[i], radix, highest, out known[i]))
            {
                yield break;
            }
            else if (isLast)
            {
                foreach (var (first, last) in Widened(known[i], radix, known[i] == 0 ? 0 : radix == 10 ? 2 : 3).Where(range => range.First <= highest))
                {
                    yield return (Filled(known, i, first, 0), Filled(known, i, Math.Min(last, highest), highest));
                }
            }
        }
    }

    private static bool TryParse(string digits, int radix, int highest, out long value)
    {
        value = 0;
        return long.TryParse(digits, radix == 10 ? NumberStyles.None : NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0 && value <= highest;
    }

    /// <summary>The number, and those with more digits behind it.</summary>
    private static IEnumerable<(long First, long Last)> Widened(long number, int radix, int moreDigits)
    {
        long width = 1;
        for (int i = 0; i <= moreDigits; i++)
        {
            yield return (number * width, (number * width) + width - 1);
            width *= radix;
        }
    }

    private static long[] Filled(long[] known, int place, long value, long rest)
    {
        long[] filled = [.. known];
        filled[place] = value;
        Array.Fill(filled, rest, place + 1, filled.Length - place - 1);
        return filled;
    }

    private static IPAddress ToVersion4(long[] octets) => new([.. octets.Select(octet => (byte)octet)]);

    private static IPAddress ToVersion6(long[] groups) => new([.. groups.SelectMany(group => new[] { (byte)(group >> 8), (byte)group })]);
}
