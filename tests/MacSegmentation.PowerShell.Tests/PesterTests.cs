namespace MacSegmentation;

/// <summary>The Pester suite as part of dotnet test: a row for each of its files.</summary>
public sealed class PesterTests(PesterSuite suite, ITestOutputHelper output) : IClassFixture<PesterSuite>
{
    public static TheoryData<string> FileNames => [.. SuiteFiles.Names];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_file_of_the_Pester_suite_passes(string fileName)
    {
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
}
