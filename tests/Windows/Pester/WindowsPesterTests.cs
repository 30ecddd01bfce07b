using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Windows.Pester;

/// <summary>Files of the Pester suite in the Windows build of PowerShell: a row for each.</summary>
public sealed class WindowsPesterTests(WindowsPesterSuite suite, ITestOutputHelper output) : IClassFixture<WindowsPesterSuite>
{
    public static TheoryData<string> FileNames => [.. WindowsPesterSuite.FileNames];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_file_of_the_Pester_suite_passes(string fileName)
    {
        Assert.SkipUnless(WineMachine.Missing is null, $"Windows is tried with Wine: {WineMachine.Missing}");
        Assert.SkipUnless(suite.Obstacle is null, $"The suite came to no end: {suite.Obstacle}");
        var file = Assert.Single(suite.Files, file => string.Equals(file.Name, fileName, StringComparison.Ordinal));
        output.WriteLine($"{file.Passed} passed, {file.Failed} failed, {file.Skipped} skipped");
        Assert.True(
            string.Equals(file.Result, "Passed", StringComparison.Ordinal) && file.Failures.Count == 0,
            $"{file.Name} is {file.Result}, with {file.Failed} failed of {file.Passed + file.Failed + file.Skipped}:{Environment.NewLine}{string.Join(Environment.NewLine, file.Failures)}");
    }
}
