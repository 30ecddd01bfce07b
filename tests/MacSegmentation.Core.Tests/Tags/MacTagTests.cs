using System.Globalization;
using FsCheck.Fluent;
using MacSegmentation.Errors;

namespace MacSegmentation.Tags;

public sealed class MacTagTests
{
    [Fact]
    public void A_tag_is_a_text_a_number_or_a_JSON_value()
    {
        Assert.Equal((TagKind.Text, "\"prod\""), Kind(MacTag.OfText("prod")));
        Assert.Equal((TagKind.Number, "-42"), Kind(MacTag.OfInteger(-42)));
        Assert.Equal((TagKind.Json, "{\"a\":1}"), Kind(MacTag.OfJson("{ \"a\" : 1 }")));
        Assert.Equal((TagKind.Json, "[1]"), Kind(MacTag.OfJson("[ 1 ]")));
        Assert.Equal((TagKind.Text, "\"42\""), Kind(MacTag.OfJson("\"42\"")));
        Assert.Equal((TagKind.Number, "42"), Kind(MacTag.OfJson(" 42 ")));
        Assert.Equal((TagKind.Number, "-9223372036854775808"), Kind(MacTag.OfJson("-9223372036854775808")));

        static (TagKind, string) Kind(MacTag tag) => (tag.Kind, tag.Json);
    }

    [Fact]
    public void Tags_are_equal_by_kind_and_value()
    {
        Assert.NotEqual(MacTag.OfInteger(42), MacTag.OfText("42"));
        Assert.NotEqual(MacTag.OfText("Prod"), MacTag.OfText("prod"));
        AssertEqual(MacTag.OfInteger(42), MacTag.OfJson("42"));
        AssertEqual(MacTag.OfText("42"), MacTag.OfJson("\"42\""));
        AssertEqual(MacTag.OfJson("""{ "b": [1, 2], "a": { "y": null, "x": true } }"""), MacTag.OfJson("""{"a":{"x":true,"y":null},"b":[1.0,2e0]}"""));
        Assert.NotEqual(MacTag.OfJson("[1,2]"), MacTag.OfJson("[2,1]"));
        Assert.NotEqual(MacTag.OfJson("[1]"), MacTag.OfJson("[\"1\"]"));
        AssertEqual(MacTag.OfText("\u00e4"), MacTag.OfJson("\"\\u00E4\""));
        Assert.True(MacTag.OfInteger(1) != MacTag.OfInteger(2));
        Assert.False(MacTag.OfInteger(1).Equals((object)1));

        static void AssertEqual(MacTag left, MacTag right)
        {
            Assert.Equal(left, right);
            Assert.True(left == right && left.Equals((object)right));
            Assert.Equal(left.GetHashCode(), right.GetHashCode());
        }
    }

    [Theory]
    [InlineData("prod", TagKind.Text)]
    [InlineData(" prod ", TagKind.Text)]
    [InlineData("42", TagKind.Number)]
    [InlineData("-42", TagKind.Number)]
    [InlineData("-", TagKind.Text)]
    [InlineData("4.2", TagKind.Text)]
    [InlineData("true", TagKind.Text)]
    [InlineData("\"42\"", TagKind.Text)]
    [InlineData("{\"a\":1}", TagKind.Json)]
    [InlineData(" [1, 2] ", TagKind.Json)]
    public void What_is_written_is_read_as_what_it_looks_like(string text, TagKind kind) => Assert.Equal(kind, MacTag.Parse(text, CultureInfo.InvariantCulture).Kind);

    [Fact]
    public void A_tag_that_is_written_is_read_as_itself() => Property.Holds(
        TagGenerator.Any,
        tag =>
        {
            Assert.Equal(tag, MacTag.Parse(tag.ToString(), CultureInfo.InvariantCulture));
            Assert.True(MacTag.TryParse($"  {tag} ", CultureInfo.InvariantCulture, out var again));
            Assert.Equal(tag, again);

            // The store keeps the JSON form.
            Assert.Equal(tag, MacTag.OfJson(tag.Json));
            Assert.Equal(tag.Json, MacTag.OfJson(tag.Json).Json);
        },
        count: 2000);

    [Theory]
    [InlineData("prod", "prod")]
    [InlineData("42", "\"42\"")]
    [InlineData("[", "\"[\"")]
    [InlineData(" x", "\" x\"")]
    public void A_text_that_could_be_taken_for_JSON_is_quoted(string text, string expected) => Assert.Equal(expected, MacTag.OfText(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0")]
    [InlineData("a\tb")]
    [InlineData("x\u0085y")]
    [InlineData("007")]
    [InlineData("99999999999999999999")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1] // one")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("[Infinity]")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("[{\"a\":1,\"\\u0061\":2}]")]
    [InlineData("\"\"")]
    [InlineData("\"a\\nb\"")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("\"\\udc00x\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"\\ud800\":1,\"\\ud800\":2}")]
    public void What_is_no_tag_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => MacTag.Parse(text, CultureInfo.InvariantCulture));
        Assert.False(MacTag.TryParse(text, CultureInfo.InvariantCulture, out _));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("4.2")]
    [InlineData("1e2")]
    [InlineData("")]
    public void JSON_that_is_no_text_whole_number_object_or_array_is_refused(string json) => Assert.Throws<FormatException>(() => MacTag.OfJson(json));

    [Fact]
    public void Halves_of_surrogate_pairs_are_refused_wherever_they_stand()
    {
        // Constants of attributes are kept in UTF-8, which has none.
        foreach (string text in new[] { "a\ud800", "\udc00", "\udc00\ud800", "\ud83d\ude00\ud83d" })
        {
            Assert.Throws<FormatException>(() => MacTag.OfText(text));
            Assert.Throws<FormatException>(() => MacTag.Parse(text, CultureInfo.InvariantCulture));
            Assert.Throws<FormatException>(() => MacTag.OfJson($"[\"{text}\"]"));
            Assert.Throws<FormatException>(() => MacTag.OfJson($"{{\"{text}\":1}}"));
        }

        Assert.Equal("\"\U0001F600\"", MacTag.OfText("\U0001F600").Json);
    }

    [Fact]
    public void A_tag_has_8_KiB_and_32_levels()
    {
        Assert.Equal(MacTag.MaxLength, MacTag.OfText(new string('x', MacTag.MaxLength - 2)).Json.Length);
        Assert.Contains("8,193", Assert.Throws<FormatException>(() => MacTag.OfText(new string('x', MacTag.MaxLength - 1))).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => MacTag.OfText(new string('\u00e4', MacTag.MaxLength / 2)));
        Assert.Throws<FormatException>(() => MacTag.OfJson($"[\"{new string('x', 9 * 1024)}\"]"));

        // What counts is the one form: an escape may be shorter in it.
        Assert.Throws<FormatException>(() => MacTag.OfJson($"[\"{new string('x', MacTag.MaxLength - 3)}\"]"));
        Assert.Equal(32, Nested(32).Json.Count(sign => sign == '['));
        Assert.Throws<FormatException>(() => Nested(33));
        Assert.Throws<FormatException>(() => Nested(100));

        static MacTag Nested(int levels) => MacTag.OfJson(new string('[', levels) + new string(']', levels));
    }

    [Theory]
    [InlineData("prod", "prod", true)]
    [InlineData("prod", "pro", false)]
    [InlineData("42", "\"42\"", false)]
    [InlineData("[\"prod\"]", "prod", false)]
    [InlineData("[42]", "42", false)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", true)]
    [InlineData("""{"a":1,"b":2}""", "{}", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":1}""", "[]", false)]
    [InlineData("[]", "{}", false)]
    [InlineData("""{"a":{"b":{"c":1,"d":2}}}""", """{"a":{"b":{"c":1}}}""", true)]
    [InlineData("""{"a":{"b":{"c":1}}}""", """{"b":{"c":1}}""", false)]
    [InlineData("[1,2,3]", "[3,1]", true)]
    [InlineData("[1,2,3]", "[1,1,1]", true)]
    [InlineData("[1,2,3]", "[4]", false)]
    [InlineData("[1,2]", "[]", true)]
    [InlineData("""[{"a":1,"b":2},{"c":3}]""", """[{"c":3},{"a":1}]""", true)]
    [InlineData("""[{"a":1},{"b":2}]""", """[{"a":1,"b":2}]""", false)]
    [InlineData("[[1,2]]", "[[1]]", true)]
    [InlineData("[[1,2]]", "[1]", false)]
    [InlineData("""{"a":null}""", """{"a":null}""", true)]
    [InlineData("{}", """{"a":null}""", false)]
    [InlineData("""{"a":false}""", """{"a":null}""", false)]
    public void A_tag_contains_what_is_a_part_of_it(string tag, string pattern, bool expected)
    {
        Assert.Equal(expected, Parse(tag).Contains(Parse(pattern)));
        Assert.Equal(expected, MacTags.Have([MacTag.OfText("other"), Parse(tag)], Parse(pattern)));
    }

    [Fact]
    public void To_be_contained_is_a_partial_order_in_which_equal_tags_are_alike() => Property.Holds(TagGenerator.Crowded.Three(), tags =>
    {
        var (a, b, c) = tags;
        Assert.True(a.Contains(a));
        Assert.True(!(a.Contains(b) && b.Contains(c)) || a.Contains(c));
        Assert.True(!a.Contains(b) || b.Kind != TagKind.Json || a.HasMembersOf(b));
    }, count: 2000);

    [Theory]
    [InlineData("", "prod", true)]
    [InlineData("prod", "prod", false)]
    [InlineData("test", "prod", true)]
    [InlineData("42", "\"42\"", true)]
    [InlineData("42", "42", false)]
    [InlineData("", """{"env":"prod"}""", false)]
    [InlineData("prod", """{"env":"prod"}""", false)]
    [InlineData("""{"app":"shop"}""", """{"env":"prod"}""", false)]
    [InlineData("""{"env":"test"}""", """{"env":"prod"}""", true)]
    [InlineData("""{"env":"prod"}""", """{"env":"prod"}""", false)]
    [InlineData("""{"env":"test"} {"env":"prod"}""", """{"env":"prod"}""", false)]
    [InlineData("""{"app":"shop"} {"env":"test","zone":1}""", """{"env":"prod"}""", true)]
    [InlineData("""{"env":{"name":"test"}}""", """{"env":{"name":"prod"}}""", true)]
    [InlineData("""{"env":{"kind":"x"}}""", """{"env":{"name":"prod"}}""", false)]
    [InlineData("""{"env":"test"}""", """{"env":{"name":"prod"}}""", false)]
    [InlineData("[1]", "[2]", true)]
    [InlineData("[1]", "[]", false)]
    public void A_text_is_lacking_where_it_is_not_and_a_JSON_pattern_where_its_members_have_other_values(string tags, string pattern, bool expected) =>
        Assert.Equal(expected, MacTags.Lack([.. tags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)], Parse(pattern)));

    [Fact]
    public void A_record_has_each_tag_once_and_at_most_64()
    {
        MacTag[] tags = [MacTag.OfJson("[1]"), MacTag.OfInteger(7), MacTag.OfText("b"), MacTag.OfText("a"), MacTag.OfJson("7"), MacTag.OfJson("[ 1 ]")];
        Assert.Equal(["a", "b", "7", "[1]"], MacTags.Normalize(tags, "Interface 'x'").Select(tag => tag.ToString()));
        Assert.Equal(64, MacTags.Normalize(Numbers(64).Concat(Numbers(64)), "Interface 'x'").Count);
        var error = Assert.Throws<MacSegmentationException>(() => MacTags.Normalize(Numbers(65), "Interface 'x'"));
        Assert.Equal(("TooManyTags", 65), (error.ErrorId, error.Target));
        Assert.StartsWith("Interface 'x' would have 65 tags", error.Message, StringComparison.Ordinal);

        static IEnumerable<MacTag> Numbers(int count) => Enumerable.Range(0, count).Select(i => MacTag.OfInteger(i));
    }

    private static MacTag Parse(string text) => MacTag.Parse(text, CultureInfo.InvariantCulture);
}
