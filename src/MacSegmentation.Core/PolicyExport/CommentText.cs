using System.Text;
using MacSegmentation.Policies;

namespace MacSegmentation.PolicyExport;

/// <summary>What stands in the comments of an export. All three formats have comments from <c>#</c> to the end of the line, so nothing in one may end a line.</summary>
internal static class CommentText
{
    /// <summary>Adds lines of comments.</summary>
    public static void AppendComments(this StringBuilder text, params IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences)
        {
            text.Append("# ").Append(Inline(sentence)).Append('\n');
        }
    }

    /// <summary>Adds what a target does not express.</summary>
    public static void AppendLimits(this StringBuilder text, IReadOnlyList<string> limits) => text.AppendComments(limits.Select(limit => $"NOT EXPRESSED: {limit}"));

    /// <summary>A VLAN with its name and its default action.</summary>
    public static string Of(ExportedVlan vlan) =>
        Inline($"VLAN {vlan.List.VlanId}{(vlan.Name.Length > 0 ? $" '{vlan.Name}'" : string.Empty)}, default action {vlan.List.DefaultAction}");

    /// <summary>A policy.</summary>
    public static string Of(MacPolicy policy) => Inline($"{policy}");

    /// <summary>A text in one line: whatever ends lines or is not seen (Unicode's categories Cc, Cf, Zl and Zp) is a blank.</summary>
    private static string Inline(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (int i = 0; i < from.Length; i++)
        {
            line[i] = char.GetUnicodeCategory(from[i]) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator ? ' ' : from[i];
        }
    });
}
