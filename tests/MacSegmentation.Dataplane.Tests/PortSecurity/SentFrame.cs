using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

/// <summary>What somebody sends into a port, said in words: the model judges the words, the guard the frame that is built of them.</summary>
internal abstract record SentFrame(MacAddress Mac)
{
    protected static readonly MacAddress Receiver = MacAddress.Parse("02:00:00:00:00:99");

    protected FrameBuilder Builder => new(Mac, Receiver);

    public abstract byte[] Build();
}
