using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>A VRRP advertisement of version 3.</summary>
internal sealed record SentVrrp(string From, string[] Addresses) : SentPayload
{
    public override byte[] Build(MacAddress source, MacAddress destination) => new FrameBuilder(source, destination) { HopLimit = 255 }
        .IP(IP(From), IP("224.0.0.18"), 112, VrrpMessage.Version3(IP(From), IP("224.0.0.18"), [.. Addresses.Select(IP)]));

    public override string ToString() => $"vrrp {From}: {string.Join(',', Addresses)}";
}
