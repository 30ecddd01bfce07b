using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Json.Schema;
using MacSegmentation.Captures;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>
/// The published schema, as an editor applies it, against the reader. The reader itself uses none: it names line, column and place of each error and the way
/// out, and what it checks beyond a schema (overlaps, names that lead nowhere) it would have to check anyway.
/// </summary>
public sealed class SchemaValidationTests
{
    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSchema Schema = JsonSchema.FromText(ConfigurationSchema.ToJson());

    public static TheoryData<string> Examples => [.. Directory.GetFiles(RepositoryFile.Path("docs", "examples"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_documentation_is_valid(string name) => Assert.Empty(Refusals(File.ReadAllText(RepositoryFile.Path("docs", "examples", name))));

    [Fact]
    public void What_is_written_is_valid() => Property.Holds(DocumentGenerator.Any, document => Assert.Empty(Refusals(document.ToJson())));

    [Fact]
    public void What_can_be_applied_is_valid_however_it_was_changed()
    {
        var changed = from document in DocumentGenerator.Any
                      from place in Gen.Choose(0, int.MaxValue - 1)
                      from value in Gen.Elements("null", "true", "0", "1", "10", "-1", "4095", "1.5", "\"\"", "\" \"", "\"x\"", "\"Allow\"", "\"allow\"", "\"*\"", "\"02:00:00:00:00:01\"", "\"10.0.0.1\"", "[]", "{}", "[1]", "[\"x\"]")
                      from kind in Gen.Choose(0, 2)
                      select Change(document.ToJson(), place, value, kind);
        int applied = 0;
        Property.Holds(changed, text =>
        {
            if (IsApplied(text))
            {
                applied++;
                Assert.Empty(Refusals(text));
            }
        }, count: 2000);
        Assert.InRange(applied, 50, 1950);
    }

    /// <summary>Puts another value in a member's place, takes the member away, or adds one beside it.</summary>
    private static string Change(string text, int place, string value, int kind)
    {
        var root = JsonNode.Parse(text)!;
        var members = Members(root).ToList();
        if (members.Count > 0)
        {
            var (holder, name) = members[place % members.Count];
            switch (kind)
            {
                case 0:
                    holder[name] = JsonNode.Parse(value);
                    break;
                case 1:
                    holder.Remove(name);
                    break;
                default:
                    holder[$"{name}s"] = JsonNode.Parse(value);
                    break;
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<(JsonObject Holder, string Name)> Members(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(member => Members(member.Value).Prepend((holder, member.Key))),
        JsonArray list => list.SelectMany(Members),
        _ => [],
    };

    private static bool IsApplied(string text)
    {
        try
        {
            ConfigurationPlan.Apply(new InMemoryStore(TimeProvider.System), MacConfiguration.Parse(Encoding.UTF8.GetBytes(text), "changed.json"));
            return true;
        }
        catch (MacSegmentationException)
        {
            return false;
        }
    }

    /// <summary>What the schema has against a document: the place and the rule.</summary>
    private static string[] Refusals(string text)
    {
        using var document = JsonDocument.Parse(text, Relaxed);
        var result = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : [.. (result.Details ?? []).Append(result).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Key}: {error.Value}")).DefaultIfEmpty("not valid")];
    }
}
