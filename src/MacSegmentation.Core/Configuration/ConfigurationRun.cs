using MacSegmentation.Documents;
using MacSegmentation.Errors;

namespace MacSegmentation.Configuration;

/// <summary>One run that makes a store equal to a document, by the domain's own rules: in which phases the concepts' parts work.</summary>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="parts">The parts, in their sequence.</param>
internal sealed class ConfigurationRun(DocumentCursor cursor, IReadOnlyList<IDocumentPart> parts)
{
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
