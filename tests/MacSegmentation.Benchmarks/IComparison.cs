namespace MacSegmentation.Benchmarks;

/// <summary>One of the comparisons that the project is measured by: it runs both sides in one go and prints their ratio.</summary>
internal interface IComparison
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>What is compared with what.</summary>
    string Description { get; }

    /// <summary>Runs both sides, prints the figures and the ratio.</summary>
    /// <param name="arguments">What follows the name on the command line.</param>
    void Run(string[] arguments);
}
