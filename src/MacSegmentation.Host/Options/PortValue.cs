using System.CommandLine;
using System.CommandLine.Parsing;

namespace MacSegmentation.Options;

/// <summary>What an option says of an adapter: <c>ADAPTER=VALUE</c>.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Value">What is said of it, or null if it is only named.</param>
internal sealed record PortValue(string Adapter, string? Value)
{
    /// <summary>An option that says something of as many adapters as it is given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="form">Its form, such as <c>ADAPTER=VLAN</c>; with the value in brackets if it may be left out.</param>
    /// <param name="description">What it is for.</param>
    public static Option<PortValue[]> Option(string name, string form, string description) => new(name)
    {
        Description = description,
        HelpName = form,
        CustomParser = given => [.. given.Tokens.Select(token => Parse(given, token.Value, name, form)).OfType<PortValue>()],
    };

    private static PortValue? Parse(ArgumentResult given, string text, string name, string form)
    {
        string[] parts = text.Split('=', 2);
        if (parts[0].Length > 0 && (parts.Length == 2 ? parts[1].Length > 0 : form.EndsWith(']')))
        {
            return new PortValue(parts[0], parts.ElementAtOrDefault(1));
        }

        given.AddError($"{name}: '{text}' is not of the form {form}.");
        return null;
    }
}
