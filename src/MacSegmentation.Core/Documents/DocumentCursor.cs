using MacSegmentation.Errors;

namespace MacSegmentation.Documents;

/// <summary>Where in a document work is being done, so that an error of the domain's can be told with its place.</summary>
/// <param name="text">Where the document was read from, or null if it was made in memory.</param>
/// <param name="cancellation">Ends the work between two things.</param>
internal sealed class DocumentCursor(DocumentText? text, CancellationToken cancellation = default)
{
    private const int ReportEvery = 1024;
    private long done;

    /// <summary>The thing that is being worked on, or null.</summary>
    public DocumentPlace? Place { get; set; }

    /// <summary>Gets, now and then, how many things are as the document says; or null.</summary>
    public Action<long>? Report { get; init; }

    /// <summary>Takes note of things that are as the document says.</summary>
    /// <param name="number">How many more.</param>
    /// <exception cref="OperationCanceledException">The work was told to stop.</exception>
    public void Advance(long number = 1)
    {
        cancellation.ThrowIfCancellationRequested();
        done += number;
        if (number > 1 || done % ReportEvery == 0)
        {
            Report?.Invoke(done);
        }
    }

    /// <summary>Works on each item of a list.</summary>
    public void ForEach<T>(DocumentList<T> list, Action<T> work)
        where T : class
    {
        var around = Place;
        for (int i = 0; i < list.Items.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Place = list.PlaceOf(i);
            work(list.Items[i]);
        }

        Place = around;
    }

    /// <summary>Makes sure that a name is in the document once.</summary>
    /// <param name="first">Where each name was met first.</param>
    /// <param name="name">The name of the thing that is being worked on.</param>
    /// <param name="member">The member that has it.</param>
    /// <param name="what">The thing in words.</param>
    /// <exception cref="MacSegmentationException">ConfigurationInvalid.</exception>
    public void RequireFirst<T>(Dictionary<T, DocumentPlace> first, T name, string member, string what)
        where T : notnull
    {
        if (!first.TryAdd(name, Place!))
        {
            throw Wrong($"{Place}.{member}", "ConfigurationInvalid", MacErrorKind.InvalidData, $"{what} is in the document twice, first as {first[name]}. Join the two.", name);
        }
    }

    /// <summary>The domain's error with the place in front.</summary>
    public MacSegmentationException Located(MacSegmentationException error) =>
        Wrong(Place!.PathOf(error), error.ErrorId, error.Kind, error.Message, error.Target, error);

    private MacSegmentationException Wrong(string path, string errorId, MacErrorKind kind, string sentence, object? target, Exception? inner = null) =>
        new(errorId, kind, $"{text?.Describe(path) ?? path}: {sentence}", target ?? path, inner);
}
