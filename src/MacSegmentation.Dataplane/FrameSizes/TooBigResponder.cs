using MacSegmentation.Frames;
using MacSegmentation.Limits;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.FrameSizes;

/// <summary>
/// Tells who sends what does not fit a tunnel: nothing is fragmented there (RFC 7348 section 4.3), and a sender that is not told loses whatever is longer, for good. Also one that would admit fragments is told,
/// so that it makes them itself.
/// </summary>
/// <param name="send">Sends an answer back by the port that the frame came in by.</param>
internal sealed class TooBigResponder(TooBigResponder.Sender send)
{
    /// <summary>The frame is longer than the port that it should leave by can send.</summary>
    public static readonly VerdictReason TooBig = VerdictReason.Define(nameof(TooBig), "longer than the port can send");

    /// <summary>Answers a second; a sender needs one a destination (RFC 1812 section 4.3.2.8 has them limited).</summary>
    private const int AnswersPerSecond = 100;

    private readonly byte[] answer = new byte[TooBigBuilder.MaxFrameLength];
    private TokenBucket bucket = new(AnswersPerSecond);

    /// <summary>Sends an answer.</summary>
    internal delegate void Sender(SwitchPort to, in Frame answer, in FrameHeader question);

    /// <summary>Octets of a frame as it leaves.</summary>
    /// <param name="frame">The frame as it came.</param>
    /// <param name="isTagged">True if it leaves with the tag of its VLAN.</param>
    public static int LengthOf(in FrameContext frame, bool isTagged) => frame.OriginalLength + (((isTagged ? 1 : 0) - frame.Header.OuterTags) * TagStack.TagLength);

    /// <summary>Answers a frame that is too long for a port, if it may be answered.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="excess">Octets that it has too many.</param>
    public void Answer(in FrameContext frame, int excess)
    {
        ref readonly var packet = ref frame.Packet;
        int mtu = frame.OriginalLength - packet.NetworkOffset - excess;
        if (mtu > 0 && !frame.Header.HasInnerTag && bucket.TryTake(frame.Timestamp) && TooBigBuilder.Write(frame.Bytes, packet, mtu, answer) is > 0 and int length)
        {
            send(frame.Port, new Frame(answer.AsSpan(0, length), length, frame.Timestamp) { Endpoint = frame.Endpoint }, frame.Header);
        }
    }
}
