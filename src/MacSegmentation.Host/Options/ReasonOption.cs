using System.CommandLine;

namespace MacSegmentation.Options;

/// <summary>The option that says why a change is made.</summary>
internal static class ReasonOption
{
    /// <summary>Its name.</summary>
    public const string Name = "--reason";

    /// <summary>Makes the option.</summary>
    public static Option<string> Create() => new(Name) { Description = "Why, for the audit: a ticket's number, a sentence. A store may require it.", HelpName = "TEXT" };
}
