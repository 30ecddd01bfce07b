using System.Text.Json;

namespace MacSegmentation.Watching;

/// <summary>A request that a receiver took.</summary>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
/// <param name="Answer">The status that it was answered with; 0 for none.</param>
internal sealed record ReceivedEvent(IReadOnlyDictionary<string, string> Headers, byte[] Body, int Answer)
{
    /// <summary>The event's id, as the header says.</summary>
    public string Id => Headers["X-MacSegmentation-Event"];

    /// <summary>A member of the body.</summary>
    public string? this[string member]
    {
        get
        {
            using var read = JsonDocument.Parse(Body);
            return read.RootElement.GetProperty(member).GetString();
        }
    }
}
