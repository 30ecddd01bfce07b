using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Ports;
using MacSegmentation.Tracing;

namespace MacSegmentation.Commands;

/// <summary>macseg trace: shows the whole path of frames through a switch, stage by stage.</summary>
internal sealed class TraceCommand
{
    private readonly Terminal terminal;
    private readonly ConfigurationSource configuration = new("The policies: a store that exists.");
    private readonly Option<string> from = new("--from") { Description = "Where the frames come in: the name of an interface, or uplink.", HelpName = "NAME" };
    private readonly Option<string> read = new("--read") { Description = "The frames: a capture, pcap or pcapng.", HelpName = "FILE" };
    private readonly Option<MacAddress?> source = ParsedOption.Create<MacAddress>("--source", "MAC", "A frame's source; that of the interface if not given.");
    private readonly Option<MacAddress?> destination = ParsedOption.Create<MacAddress>(
        "--destination", "MAC", "A frame's destination; that of the interface with the destination IP address if not given.");

    private readonly Option<IPAddress?> sourceIP = ParsedOption.CreateIP("--source-ip", "Its source IP address; a fixed address of the interface if not given.");
    private readonly Option<IPAddress?> destinationIP = ParsedOption.CreateIP(
        "--destination-ip", "Its destination IP address; one of the interface with the destination if not given.");

    private readonly Option<IpProtocol?> protocol = ParsedOption.Create<IpProtocol>(
        "--protocol", "NAME|NUMBER", "Its protocol; Tcp if a port is given, else an echo request, if not given.");

    private readonly Option<ushort?> sourcePort = new("--source-port") { Description = "Its source port of Tcp or Udp; 49152 if not given.", HelpName = "PORT" };
    private readonly Option<ushort?> destinationPort = new("--destination-port") { Description = "Its destination port of Tcp or Udp.", HelpName = "PORT" };
    private readonly Option<int?> vlan = new("--vlan") { Description = "The VLAN of its tag; no tag if not given.", HelpName = "VLAN" };
    private readonly Option<DateTimeOffset?> time = ParsedOption.CreateMoment("--time", "When it comes in, such as 2026-11-28T10:00:00Z; now if not given.");
    private readonly Option<int?> nativeVlan = new("--native-vlan")
    {
        Description = "The VLAN of frames without a tag that come in by the uplink; it takes none if not given.",
        HelpName = "VLAN",
    };

    private readonly Option<bool> staged = new("--staged")
    {
        Description = "Take the capture of --read through the configuration as it is and as it would be with staged partitions and policies in force, and tell where the two differ.",
    };

    private readonly Option<bool> json = OutputFormat.Option();

    private TraceCommand(Terminal terminal) => this.terminal = terminal;

    private IReadOnlyList<Option> OfMadeFrame => [source, destination, sourceIP, destinationIP, protocol, sourcePort, destinationPort, vlan, time];

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var parts = new TraceCommand(terminal);
        var command = new Command("trace", "Shows the whole path of frames through a switch, stage by stage, by the code that forwards.");
        parts.configuration.AddTo(command);
        foreach (var option in (Option[])[parts.from, parts.read, .. parts.OfMadeFrame, parts.nativeVlan, parts.staged, parts.json])
        {
            command.Add(option);
        }

        command.Validators.Add(parts.Validate);
        command.SetAction(parts.Trace);
        return command;
    }

    private void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        if (Has(read) && OfMadeFrame.Any(Has))
        {
            given.AddError($"Give either --read FILE or what a frame is made from: {string.Join(", ", OfMadeFrame.Select(option => option.Name))}.");
        }

        if (Has(staged) && (!Has(read) || Has(from)))
        {
            given.AddError("--staged takes --read FILE and no --from: each frame comes in by the port of the record that has its source address.");
        }
        else if (!Has(staged) && !Has(from))
        {
            given.AddError("Give --from NAME, where the frames come in: the name of an interface, or uplink.");
        }
    }

    private void Trace(ParseResult given)
    {
        using var store = configuration.Open(given);
        using var configured = configuration.Follow(store, given);
        int? untagged = given.GetValue(nativeVlan) is { } native ? VlanId.Validate(native) : null;
        if (given.GetValue(staged))
        {
            Replay(new StagedReplay(configured.Snapshot, configured.Table, untagged), given);
            return;
        }

        var report = new TraceReport(terminal.Output, given.GetValue(json));
        var tracer = new FrameTracer(configured.Snapshot, configured.Table, given.GetRequiredValue(from), untagged, report.Write);
        if (given.GetValue(read) is not { } capture)
        {
            byte[] frame = ReadMadeFrame(given).Build(configured.Snapshot);
            tracer.Handle(frame, given.GetValue(time));
            return;
        }

        using var frames = CaptureFileSource.Open(capture);
        while (frames.Receive(tracer) != SourceState.Ended)
        {
            // The tracer reports each frame.
        }
    }

    private void Replay(StagedReplay replay, ParseResult given)
    {
        using var frames = CaptureFileSource.Open(given.GetRequiredValue(read));
        while (frames.Receive(replay) != SourceState.Ended)
        {
            // The replay keeps what would change.
        }

        StagedReport.Write(terminal, replay, given.GetValue(json));
    }

    private ProbeFrame ReadMadeFrame(ParseResult given) => new()
    {
        From = given.GetRequiredValue(from),
        VlanId = given.GetValue(vlan),
        SourceAddress = given.GetValue(source),
        DestinationAddress = given.GetValue(destination),
        SourceIPAddress = given.GetValue(sourceIP),
        DestinationIPAddress = given.GetValue(destinationIP),
        Protocol = given.GetValue(protocol) ?? IpProtocol.Any,
        SourcePort = given.GetValue(sourcePort),
        DestinationPort = given.GetValue(destinationPort),
    };
}
