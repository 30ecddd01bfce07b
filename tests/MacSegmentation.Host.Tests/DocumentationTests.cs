using System.Text.RegularExpressions;
using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation;

/// <summary>The page about macseg names what macseg has.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_command_and_option_is_on_the_page()
    {
        string page = File.ReadAllText(RepositoryFile.Path("docs", "macseg.md"));
        string[] commands = [.. CommandName().Matches(TestProgram.Native.Run("--help").Succeeded().Split("Commands:")[1]).Select(match => match.Groups["name"].Value)];
        Assert.NotEmpty(commands);
        foreach (string command in commands)
        {
            Assert.Contains($"macseg {command}", page, StringComparison.Ordinal);
            string[] options = [.. OptionName().Matches(TestProgram.Native.Run(command, "--help").Succeeded()).Select(match => match.Value)];
            Assert.All(options.Except(["--help"]), option => Assert.Contains(option, page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_error_on_the_page_is_the_one_that_is_given()
    {
        string page = File.ReadAllText(RepositoryFile.Path("docs", "macseg.md"));
        using var folder = new TemporaryFolder();
        folder.Write("lab.json", "{ \"vlans\": [\n    { \"id\": 10,\n      \"polices\": [] } ] }"u8.ToArray());
        Assert.Contains(TestProgram.Native.RunIn(folder.File(""), "apply", "lab.json", "--store", "lab.db").Failed("ConfigurationInvalid"), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trace_on_the_page_is_the_one_that_is_given()
    {
        string[] example = File.ReadAllText(RepositoryFile.Path("docs", "macseg.md")).Split("$ macseg trace ")[1].Split("```")[0].Split('\n', 2);
        Assert.Equal(example[1], TestProgram.Native.Run(["trace", .. example[0].Split(' ')]).Succeeded());
    }

    [GeneratedRegex(@"^  (?<name>[a-z]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandName();

    [GeneratedRegex(@"--[a-z-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionName();
}
