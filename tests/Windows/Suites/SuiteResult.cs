using System.Xml.Linq;

namespace MacSegmentation.Windows.Suites;

/// <summary>What came of a test project's run, as its own results file says it (xUnit's XML, version 2).</summary>
internal sealed record SuiteResult
{
    public required int Passed { get; init; }

    /// <summary>What failed, and how: tests, and what went wrong outside any.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>The names of the tests that were skipped, by reason.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Skips { get; init; }

    public int Skipped => Skips.Values.Sum(names => names.Count);

    public static SuiteResult Read(string file)
    {
        var document = XDocument.Load(file);
        var tests = document.Descendants("test").ToList();
        return new SuiteResult
        {
            Passed = tests.Count(test => Is(test, "Pass")),
            Failures =
            [
                .. document.Descendants("error").Select(error => $"{(string?)error.Attribute("name")}: {Message(error)}"),
                .. tests.Where(test => Is(test, "Fail")).Select(test => $"{(string?)test.Attribute("name")}: {Message(test)}"),
            ],
            Skips = tests.Where(test => Is(test, "Skip"))
                .GroupBy(test => (string?)test.Element("reason") ?? string.Empty, test => (string)test.Attribute("name")!, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group], StringComparer.Ordinal),
        };
    }

    private static bool Is(XElement test, string result) => string.Equals((string?)test.Attribute("result"), result, StringComparison.Ordinal);

    private static string Message(XElement test) => $"{(string?)test.Element("failure")?.Element("message")}{Environment.NewLine}{(string?)test.Element("failure")?.Element("stack-trace")}";
}
