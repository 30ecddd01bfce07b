using MacSegmentation.Documents;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>One run that makes a store equal to a document, by the domain's own rules: in which phases the concepts' parts work.</summary>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="parts">The parts, in their sequence.</param>
internal sealed class ConfigurationRun(DocumentCursor cursor, IReadOnlyList<IDocumentPart> parts)
{
    /// <summary>Prepares a run.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="document">The document.</param>
    /// <param name="report">Gets how far the run has come, or null.</param>
    /// <param name="cancellation">Ends the run between two things of the document.</param>
    public static ConfigurationRun Over(IStoreWriter store, MacConfiguration document, Action<ConfigurationProgress>? report, CancellationToken cancellation)
    {
        long total = document.Vlans.Sum(vlan => (long)vlan.Allocations.Count + vlan.Interfaces.Count + vlan.Policies.Count);
        var cursor = new DocumentCursor(document.Text, cancellation) { Report = report is null ? null : done => report(new ConfigurationProgress(done, total)) };
        return new ConfigurationRun(cursor, document.Parts(store, cursor));
    }

    /// <summary>Makes the store equal.</summary>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid; the domain's errors with the place in the document in front.</exception>
    public void MakeEqual()
    {
        ForEach(parts, part => part.Check());
        try
        {
            ForEach(parts, part => part.Clear());
            ForEach(parts.Reverse(), part => part.Release());
            ForEach(parts, part => part.Make());
            ForEach(parts, part => part.Complete());
        }
        catch (MacSegmentationException error) when (!error.EndsTransaction && cursor.Place is not null)
        {
            throw cursor.Located(error);
        }
    }

    private static void ForEach(IEnumerable<IDocumentPart> parts, Action<IDocumentPart> work)
    {
        foreach (var part in parts)
        {
            work(part);
        }
    }
}
