using System.Text.Json;

namespace MacSegmentation.Tags;

/// <summary>The one form of JSON, against the examples of RFC 8785.</summary>
public sealed class CanonicalJsonTests
{
    /// <summary>Appendix B of the RFC: the bits of a double and how it is written.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void A_number_is_written_as_the_RFC_says(ulong bits, string expected) => Assert.Equal(expected, CanonicalJson.Write(BitConverter.UInt64BitsToDouble(bits)));

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("100000000000000000000000", "1e+23")]
    [InlineData("1E21", "1e+21")]
    [InlineData("0.0000010", "0.000001")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    public void A_number_has_one_form_which_comes_back_as_itself(string given, string expected)
    {
        string written = Canonical($"[{given}]");
        Assert.Equal($"[{expected}]", written);
        Assert.Equal(written, Canonical(written));
    }

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("9.007199254740992e15")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775808")]
    [InlineData("295147905179352830000")]
    [InlineData("2.9514790517935283e20")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void A_number_that_could_be_taken_for_its_neighbour_is_refused(string number) =>
        Assert.Contains(number, Assert.Throws<FormatException>(() => Canonical($"[{number}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_RFC_s_example_of_texts_numbers_and_literals_is_written_as_it_says() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Canonical("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """));

    [Fact]
    public void Members_stand_in_the_order_of_their_UTF_16_code_units()
    {
        // Section 3.2.3 of the RFC. By code points the emoji would be the last one.
        using var sorted = JsonDocument.Parse(Canonical("""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """));
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            sorted.RootElement.EnumerateObject().Select(member => member.Value.GetString()!));
    }

    [Theory]
    [InlineData("""["\b\t\n\f\r\u0000\u001f\u007f\u2028\/"]""", "[\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028/\"]")]
    [InlineData("""{ "b": [ ], "a": { } }""", """{"a":{},"b":[]}""")]
    public void What_need_not_be_escaped_is_not_and_blanks_are_gone(string given, string expected) => Assert.Equal(expected, Canonical(given));

    private static string Canonical(string json) => CanonicalJson.Write(CanonicalJson.Read(json));
}
