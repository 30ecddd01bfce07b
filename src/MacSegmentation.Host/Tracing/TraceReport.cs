using MacSegmentation.Output;

namespace MacSegmentation.Tracing;

/// <summary>Tells of traced frames as they come: a few lines each for people, one for machines.</summary>
/// <param name="output">Where.</param>
/// <param name="asJson">True for machines.</param>
internal sealed class TraceReport(TextWriter output, bool asJson)
{
    private const string Indent = "  ";

    /// <summary>Tells of a frame.</summary>
    public void Write(MacFrameTest test)
    {
        if (asJson)
        {
            OutputFormat.WriteJson(output, json => MacFrameTest.Report.Write(json, test));
        }
        else
        {
            WriteText(test);
        }
    }

    private void WriteText(MacFrameTest test)
    {
        if (test.Number > 1)
        {
            output.WriteLine();
        }

        string addresses = test.SourceAddress is null ? string.Empty : $" {test.SourceAddress} -> {test.DestinationAddress}{(test.VlanId is null ? string.Empty : $" in VLAN {test.VlanId}")},";
        output.WriteLine($"Frame {test.Number} from {test.From}:{addresses} {test.Packet}");
        foreach (var stage in test.Stage)
        {
            output.WriteLine($"{Indent}{stage}");
        }

        string to = test.IsForwarded ? $"leaves by {string.Join(", ", test.To)}" : "leaves by no port";
        output.WriteLine($"{Indent}=> {test.Action} ({test.Reason}): {to}");
    }
}
