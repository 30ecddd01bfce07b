using System.Globalization;
using System.Text.RegularExpressions;
using MacSegmentation.Captures;

namespace MacSegmentation.Architecture;

/// <summary>A concept stands in its own folders. Where else it is named is a short list, which docs/architecture.md tells whoever adds the next.</summary>
public sealed partial class FootprintTests
{
    private const int MaxFiles = 12;

    [Fact]
    public void Security_groups_are_named_outside_their_folders_where_the_page_says_and_nowhere_else()
    {
        string source = RepositoryFile.Path("src");
        string[] named =
        [
            .. Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(source, file).Replace('\\', '/'))

                // Partitions are built on the words of security groups, such as the direction of traffic; they are no part of them.
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "SecurityGroups") && !Path.GetFileName(file).StartsWith("PublicAPI.", StringComparison.Ordinal))
                .Where(file => File.ReadAllText(Path.Join(source, file)).Contains("securitygroup", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
        Assert.InRange(named.Length, 1, MaxFiles);
        string page = File.ReadAllText(RepositoryFile.Path("docs", "architecture.md")).ReplaceLineEndings("\n");
        int start = page.IndexOf("## How a capability is added", StringComparison.Ordinal);
        string list = page[start..page.IndexOf("What it observes goes to", start, StringComparison.Ordinal)];
        Assert.Equal(named.Length, int.Parse(NumberInList().Matches(list)[^1].Groups["number"].Value, CultureInfo.InvariantCulture));
        Assert.All(named, file => Assert.Contains(Path.GetFileName(file).Replace(".cs", string.Empty, StringComparison.Ordinal), list, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^(\d+\. and )?(?<number>\d+)\. ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberInList();
}
