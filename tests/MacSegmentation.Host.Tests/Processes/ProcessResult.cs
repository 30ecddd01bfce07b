using System.Text.Json;

namespace MacSegmentation.Processes;

/// <summary>What a process left behind.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a process that must have succeeded and said nothing on standard error.</summary>
    public string Succeeded()
    {
        Assert.Equal((0, string.Empty), (ExitCode, Error));
        return Output;
    }

    /// <summary>The one sentence of a process that must have failed with this id.</summary>
    public string Failed(string errorId)
    {
        Assert.True(ExitCode == 1, $"{ExitCode}: {Error}");
        string line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("macseg: ", line, StringComparison.Ordinal);
        Assert.EndsWith($" [{errorId}]", line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>The one sentence of a process that must have failed with this id, and said so in JSON.</summary>
    public string FailedInJson(string errorId)
    {
        Assert.True(ExitCode == 1, $"{ExitCode}: {Error}");
        using var told = JsonDocument.Parse(Assert.Single(Error.TrimEnd('\n').Split('\n')));
        Assert.Equal(("error", errorId), (told.RootElement.GetProperty("event").GetString(), told.RootElement.GetProperty("errorId").GetString()));
        return told.RootElement.GetProperty("message").GetString()!;
    }

    /// <summary>The sentences of a process that must have refused its command line.</summary>
    public string Refused()
    {
        Assert.Equal((2, string.Empty), (ExitCode, Output));
        return Error;
    }
}
