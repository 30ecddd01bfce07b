using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.Options;

/// <summary>Options whose values are the domain's: what is wrong with one is said in the domain's words.</summary>
internal static class ParsedOption
{
    /// <summary>An option that can be left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="helpName">What its value is called in a usage line.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="aliases">Former names, which are still understood.</param>
    public static Option<T?> Create<T>(string name, string helpName, string description, params string[] aliases)
        where T : struct, IParsable<T> => new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = given =>
            {
                try
                {
                    return T.Parse(given.Tokens[0].Value, CultureInfo.InvariantCulture);
                }
                catch (FormatException error)
                {
                    given.AddError($"{name}: {error.Message}");
                    return null;
                }
            },
        };

    /// <summary>
    /// An option that is one of an enumeration's values, by its name. The command line's own reading would add up the numbers of several, and take any number.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="choices">What can be given.</param>
    public static Option<T> CreateChoice<T>(string name, string description, params T[] choices)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', choices),
            CustomParser = given =>
            {
                int index = Array.FindIndex(choices, choice => string.Equals(choice.ToString(), given.Tokens[0].Value, StringComparison.OrdinalIgnoreCase));
                if (index < 0)
                {
                    given.AddError($"{name}: '{given.Tokens[0].Value}' is none of the values. Give one of {string.Join(", ", choices)}.");
                    return default;
                }

                return choices[index];
            },
        };

    /// <summary>A moment that can be left out.</summary>
    public static Option<DateTimeOffset?> CreateMoment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "MOMENT",
        CustomParser = given =>
        {
            if (DateTimeOffset.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment))
            {
                return moment;
            }

            given.AddError($"{name}: '{given.Tokens[0].Value}' is not a moment. Give one such as 2026-11-28T10:00:00Z.");
            return null;
        },
    };

    /// <summary>An IP address that can be left out.</summary>
    public static Option<IPAddress?> CreateIP(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ADDRESS",
        CustomParser = given =>
        {
            if (!IpText.TryParse(given.Tokens[0].Value, out var address))
            {
                given.AddError($"{name}: '{given.Tokens[0].Value}' is not an IP address. Give one such as 10.0.0.100 or fd00::100.");
            }

            return address;
        },
    };
}
