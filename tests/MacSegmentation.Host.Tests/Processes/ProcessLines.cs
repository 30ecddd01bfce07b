using System.Text;

namespace MacSegmentation.Processes;

/// <summary>Collects what a process writes while it runs.</summary>
internal sealed class ProcessLines
{
    private readonly StringBuilder text = new();

    public ProcessLines(StreamReader reader) => Completion = CollectAsync(reader);

    /// <summary>Completes when the process writes no more.</summary>
    public Task Completion { get; }

    public bool Contain(string words) => ToString().Contains(words, StringComparison.Ordinal);

    public override string ToString()
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private async Task CollectAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }
}
