using System.Diagnostics;
using MacSegmentation.Captures;
using MacSegmentation.Processes;
using MacSegmentation.Stores.Postgres;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Windows.Suites;

/// <summary>The other test projects as Windows programs: the same assemblies, run by the Windows runtime.</summary>
public sealed class SuiteTests(WineMachine machine, ITestOutputHelper output) : IDisposable
{
    /// <summary>Names the variable that asks for all suites by "all".</summary>
    private const string Variable = "MACSEG_WINDOWS_SUITES";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Core")]
    [InlineData("Dataplane")]
    public void A_suite_passes(string name) => Run(name, machine.Program(Executable(name)));

    /// <summary>The server is the host's: the suite reaches it over TCP, as a Windows machine reaches a server elsewhere.</summary>
    [Fact]
    public void The_suite_of_stores_passes_with_a_server_elsewhere()
    {
        // Wine 8 ends the runtime in most runs of this suite: it is run when asked for, and not to decide over every change.
        Assert.SkipUnless(
            string.Equals(Environment.GetEnvironmentVariable(Variable), "all", StringComparison.OrdinalIgnoreCase),
            $"Wine 8 ends the runtime in most runs of the Storage suite. {Variable}=all runs it.");
        if (PostgresCluster.WhyAbsent is not null)
        {
            Run("Storage", machine.Program(Executable("Storage")));
            return;
        }

        using var cluster = PostgresCluster.StartOnTcp("fsync = off");
        Run("Storage", machine.Program(Executable("Storage"), (PostgresCluster.ElsewhereVariable, $"{cluster.Host}:{cluster.Port}")));
    }

    private static string Executable(string name) => WindowsRuntime.BuiltFile($"tests/MacSegmentation.{name}.Tests", $"MacSegmentation.{name}.Tests.exe");

    private void Run(string name, TestProgram program)
    {
        string results = folder.File("results.xml");
        var watch = Stopwatch.StartNew();
        var ended = RunOnce(program, results);
        for (int runs = 1; !File.Exists(results) && WineFault.Find($"{ended.Output}\n{ended.Error}") is { } fault; runs++)
        {
            WindowsReport.Add([$"{name} on Windows (Wine): Wine ended the runtime in run {runs} of at most {WineFault.MaxRuns}: {fault}"]);
            Assert.SkipWhen(runs == WineFault.MaxRuns, $"Wine ended the runtime {runs} times: {fault}");
            ended = RunOnce(program, results);
        }

        Assert.True(File.Exists(results), $"The suite came to no end: {ended.ExitCode} {ended.Output}{ended.Error}");

        var result = SuiteResult.Read(results);
        string[] report =
        [
            $"{name} on Windows (Wine): {result.Passed} passed, {result.Failures.Count} failed, {result.Skipped} skipped in {watch.Elapsed.TotalSeconds:0} s.",
            .. result.Skips.SelectMany(skip => skip.Value.Select(test => $"  skipped: {test}: {skip.Key}")),
        ];
        WindowsReport.Add(report);
        output.WriteLine(string.Join(Environment.NewLine, report));
        Assert.True(result.Failures.Count == 0, $"{result.Failures.Count} failed:{Environment.NewLine}{string.Join(Environment.NewLine, result.Failures)}");
        Assert.True(result.Passed > 0, "No test ran.");
        Assert.DoesNotContain(string.Empty, result.Skips.Keys);
        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Error}");
    }

    private static ProcessResult RunOnce(TestProgram program, string results)
    {
        using var process = program.Start(RepositoryFile.Root, "-xml", WindowsRuntime.ToWindows(results), "-noColor", "-noLogo");
        process.StandardInput.Close();
        return TestProgram.Finish(process, Timeout);
    }
}
