using MacSegmentation.Addressing;

namespace MacSegmentation.Switch.Lookup;

/// <summary>A frame on its way into a port.</summary>
/// <param name="Tags">The tags, outermost first: type, priority and drop bits, VLAN.</param>
/// <param name="IsCut">True if it ends before its type.</param>
internal sealed record SentFrame(MacAddress Source, MacAddress Destination, (int Type, int Priority, int Vlan)[] Tags, SentPayload Payload, bool IsCut)
{
    public byte[] Build()
    {
        byte[] bare = Payload.Build(Source, Destination);
        byte[] tags = [.. Tags.SelectMany(tag => new[] { (byte)(tag.Type >> 8), (byte)tag.Type, (byte)((tag.Priority << 5) | (tag.Vlan >> 8)), (byte)tag.Vlan })];
        byte[] frame = [.. bare[..12], .. tags, .. bare[12..]];
        return IsCut ? frame[..(13 + tags.Length)] : frame;
    }

    public override string ToString()
    {
        string tags = string.Concat(Tags.Select(tag => $" [{tag.Type:x} {tag.Priority} {tag.Vlan}]"));
        return $"{Source} > {Destination}{tags} {Payload}{(IsCut ? " cut" : string.Empty)}";
    }
}
