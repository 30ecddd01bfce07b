using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.Completion;

/// <summary>Completes tags that interface records have, as they are typed: a JSON tag as the expression that makes it.</summary>
internal sealed class TagCompleter : StoreCompleter
{
    /// <inheritdoc/>
    public override IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        base.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters).Select(Typed);

    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(IStoreReader store, string typed, IDictionary bound) => store.ListTags()
        .Select(use => new CompletionCandidate(use.Tag.Kind == TagKind.Text ? use.Tag.ToElement().GetString()! : use.Tag.Json, Describe(use.Tag, use.Records)));

    private static string Describe(MacTag tag, int records) =>
        string.Create(CultureInfo.InvariantCulture, $"{(tag.Kind == TagKind.Text ? "Text" : $"{tag.Kind} {tag}")}, of {records} record{(records == 1 ? string.Empty : "s")}");

    private static CompletionResult Typed(CompletionResult found)
    {
        string text = found.ListItemText;
        bool isText = found.ToolTip.StartsWith("Text,", StringComparison.Ordinal);
        return new CompletionResult(isText ? QuoteDigits(found.CompletionText, text) : ToExpression(MacTag.OfJson(text).ToElement()), text, found.ResultType, found.ToolTip);
    }

    /// <summary>Without quotes PowerShell takes digits for a number.</summary>
    private static string QuoteDigits(string completion, string text) => char.IsAsciiDigit(text[0]) || text[0] is '-' or '.' ? $"'{text}'" : completion;

    private static string ToExpression(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"@{{ {string.Join("; ", value.EnumerateObject().Select(member => $"{Quote(member.Name)} = {ToExpression(member.Value)}"))} }}",
        JsonValueKind.Array => $"@({string.Join(", ", value.EnumerateArray().Select(ToExpression))})",
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.True => "$true",
        JsonValueKind.False => "$false",
        JsonValueKind.Null => "$null",
        _ => value.GetRawText(),
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
