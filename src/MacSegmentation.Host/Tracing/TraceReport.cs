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
            WriteJson(test);
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

    private void WriteJson(MacFrameTest test) => OutputFormat.WriteJson(output, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("number", test.Number);
        json.WriteString("time", test.Time);
        json.WriteString("from", test.From);
        json.WriteGiven("vlanId", test.VlanId);
        json.WriteGiven("source", test.SourceAddress?.ToString());
        json.WriteGiven("destination", test.DestinationAddress?.ToString());
        json.WriteGiven("sourceIpAddress", test.SourceIPAddress?.ToString());
        json.WriteGiven("destinationIpAddress", test.DestinationIPAddress?.ToString());
        json.WriteString("packet", test.Packet);
        json.WriteString("action", test.Action.ToString());
        json.WriteString("reason", test.Reason);
        json.WriteString("explanation", test.Explanation);
        json.WriteStartArray("to");
        foreach (string port in test.To)
        {
            json.WriteStringValue(port);
        }

        json.WriteEndArray();
        json.WriteStartArray("stages");
        foreach (var stage in test.Stage)
        {
            json.WriteStartObject();
            json.WriteString("stage", stage.Stage);
            json.WriteString("action", stage.Action.ToString());
            json.WriteGiven("reason", stage.Reason);
            json.WriteString("detail", stage.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
