using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Switch.Lookup;

/// <summary>What a frame carries, in words: the model judges the words, the switch the octets that are made of them.</summary>
internal abstract record SentPayload
{
    public abstract byte[] Build(MacAddress source, MacAddress destination);

    protected static IPAddress IP(string address) => IPAddress.Parse(address);
}
