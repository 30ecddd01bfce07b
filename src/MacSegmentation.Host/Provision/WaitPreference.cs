using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace MacSegmentation.Provision;

/// <summary>How long a client would wait for something new: <c>Prefer: wait=30</c>, in seconds (RFC 7240 section 4.3).</summary>
internal static class WaitPreference
{
    /// <summary>The time, or none. What is no such preference is not honoured and no error (section 2); of several the first counts.</summary>
    /// <param name="prefer">The field Prefer.</param>
    public static TimeSpan Read(StringValues prefer)
    {
        foreach (string? line in prefer)
        {
            foreach (string preference in (line ?? string.Empty).Split(','))
            {
                // Parameters of a preference stand behind a semicolon; wait has none.
                string[] parts = preference.Split(';', 2)[0].Split('=', 2, StringSplitOptions.TrimEntries);
                if (parts is [var name, var value] && name.Equals("wait", StringComparison.OrdinalIgnoreCase))
                {
                    return uint.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
                }
            }
        }

        return TimeSpan.Zero;
    }
}
