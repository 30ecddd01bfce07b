using System.Runtime.CompilerServices;
using MacSegmentation.Capture;

namespace MacSegmentation.Pcap;

/// <summary>The tests open interfaces as the programs do.</summary>
internal static class CaptureLayerOfTests
{
    [ModuleInitializer]
    internal static void Use() => CaptureLayer.Use(library => new SharpPcapLayer(library));
}
