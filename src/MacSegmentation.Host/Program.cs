using MacSegmentation.Capture;
using MacSegmentation.Commands;
using MacSegmentation.Output;
using MacSegmentation.Pcap;

CaptureLayer.Use(library => new SharpPcapLayer(library));
using var terminal = Terminal.Open(args);
return MacsegCommand.Run(args, terminal);
