using System.Management.Automation;

namespace MacSegmentation.Partitions;

/// <summary>What came of a change, and what to say about it once it is committed.</summary>
/// <typeparam name="T">What came of it.</typeparam>
/// <param name="Record">What came of it.</param>
/// <param name="Warnings">What to say.</param>
public sealed record Warned<T>(T Record, IReadOnlyList<string> Warnings)
{
    /// <summary>Says it.</summary>
    /// <param name="cmdlet">Whose warnings they are.</param>
    /// <returns>What came of the change.</returns>
    internal T Tell(Cmdlet cmdlet)
    {
        foreach (string warning in Warnings)
        {
            cmdlet.WriteWarning(warning);
        }

        return Record;
    }
}
