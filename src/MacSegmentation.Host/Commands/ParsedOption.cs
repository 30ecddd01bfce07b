using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.Commands;

/// <summary>Options whose values are the domain's: what is wrong with one is said in the domain's words.</summary>
internal static class ParsedOption
{
    /// <summary>An option that can be left out.</summary>
    public static Option<T?> Create<T>(string name, string helpName, string description)
        where T : struct, IParsable<T> => new(name)
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
