using MacSegmentation.Capture;
using MacSegmentation.Commands;
using MacSegmentation.Output;
using MacSegmentation.Pcap;
using MacSegmentation.Services;

if (OperatingSystem.IsLinux())
{
    LeastRights.Keep(args);
}

CaptureLayer.Use(library => new SharpPcapLayer(library));
using var terminal = Terminal.Open(args);
return MacsegCommand.Run(args, terminal);
