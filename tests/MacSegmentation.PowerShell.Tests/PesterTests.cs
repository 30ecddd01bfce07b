namespace MacSegmentation;

/// <summary>The Pester suite as part of dotnet test: a row for each of its files.</summary>
public sealed class PesterTests(PesterSuite suite, ITestOutputHelper output) : IClassFixture<PesterSuite>
{
    public static TheoryData<string> FileNames => [.. Directory.EnumerateFiles(PesterSuite.Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_file_of_the_Pester_suite_passes(string fileName)
    {
        Assert.SkipUnless(suite.Obstacle is null, $"The Pester suite was not run: {suite.Obstacle}");
        var file = Assert.Single(suite.Files, file => string.Equals(file.Name, fileName, StringComparison.Ordinal));
        output.WriteLine($"{file.Passed} passed, {file.Failed} failed, {file.Skipped} skipped");
        foreach (string skip in file.Skips)
        {
            output.WriteLine($"skipped: {skip}");
        }

        Assert.True(
            string.Equals(file.Result, "Passed", StringComparison.Ordinal) && file.Failures.Count == 0,
            $"{file.Name} is {file.Result}, with {file.Failed} failed of {file.Passed + file.Failed + file.Skipped}:{Environment.NewLine}{string.Join(Environment.NewLine, file.Failures)}");
    }

    [Fact]
    public void Every_cmdlet_has_a_file_in_the_Pester_suite()
    {
        string manifest = File.ReadAllText(Path.Join(PesterSuite.RepositoryRoot, "MacSegmentation.psd1"));
        string exports = manifest[manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal)..];
        var cmdlets = exports[..exports.IndexOf("    )", StringComparison.Ordinal)].Split('\'').Where((_, index) => index % 2 == 1).ToArray();
        Assert.NotEmpty(cmdlets);
        Assert.All(cmdlets, cmdlet => Assert.True(File.Exists(Path.Join(PesterSuite.Folder, $"{cmdlet}.Tests.ps1")), $"{cmdlet} has no file."));
    }
}
