namespace MacSegmentation.Architecture;

/// <summary>A folder of a project is a concept, and arrows between concepts point one way: whoever reads one need not know those that are built on it.</summary>
public sealed class FolderGraphTests
{
    /// <summary>Uses that still make a cycle, each with its reason. It only grows shorter: what makes none any more fails the test too.</summary>
    private static readonly KnownUse[] KnownUses = [];

    [Theory]
    [InlineData("MacSegmentation.Core.dll")]
    [InlineData("MacSegmentation.Storage.dll")]
    [InlineData("MacSegmentation.Capture.dll")]
    [InlineData("MacSegmentation.Dataplane.dll")]
    [InlineData("MacSegmentation.PowerShell.dll")]
    [InlineData("macseg.dll")]
    public void No_folders_of_a_project_use_each_other(string assembly)
    {
        using var types = new AssemblyTypes(Path.Join(AppContext.BaseDirectory, assembly));
        var uses = types.ListUses().ToList();
        Assert.NotEmpty(uses);
        var known = KnownUses.Where(use => string.Equals(use.Assembly, assembly, StringComparison.Ordinal)).ToList();
        var graph = new FolderGraph(uses.Where(use => !known.Exists(other => other.Covers(use))));
        var cycles = graph.FindCycles();
        Assert.True(cycles.Count == 0, string.Join(Environment.NewLine, cycles.Select(graph.Describe)));
        foreach (var needless in known)
        {
            var without = new FolderGraph(uses.Where(use => !known.Exists(other => other != needless && other.Covers(use))));
            Assert.True(without.FindCycles().Count > 0, $"{needless.User} -> {needless.Used} makes no cycle any more: take it off the list.");
        }
    }

    [Fact]
    public void A_cycle_is_found_and_named_with_the_types_that_make_it()
    {
        var graph = new FolderGraph(
        [
            new TypeUse("A", "One", "B", "Two"),
            new TypeUse("B", "Two", "C", "Three"),
            new TypeUse("C", "Three", "A", "Zero"),
            new TypeUse("C", "Three", "D", "Four"),
            new TypeUse("A", "One", "A", "Zero"),
        ]);
        string[] cycle = [.. Assert.Single(graph.FindCycles())];
        Assert.Equal(["A", "B", "C"], cycle);
        Assert.Contains("C -> A (1): Three uses Zero", graph.Describe(cycle), StringComparison.Ordinal);
    }

    /// <summary>A use that is let be.</summary>
    private sealed record KnownUse(string Assembly, string User, string Used, string Reason)
    {
        public bool Covers(TypeUse use) => string.Equals(use.UserNamespace, User, StringComparison.Ordinal) && string.Equals(use.UsedNamespace, Used, StringComparison.Ordinal);
    }
}
