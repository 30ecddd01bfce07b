using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MacSegmentation.Carriers;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Pipeline;

/// <summary>A frame on its way through the stages, with all that they have found out about it.</summary>
[SuppressMessage("Design", "CA1051", Justification = "Stages read and fill it in place.")]
internal ref struct FrameContext
{
    /// <summary>What was captured of it, from the destination address on.</summary>
    public ReadOnlySpan<byte> Bytes;

    /// <summary>Its length on the wire in octets.</summary>
    public int OriginalLength;

    /// <summary>Nanoseconds since 1970-01-01 00:00 UTC.</summary>
    public long Timestamp;

    /// <summary>What its port says is behind it, and what its carrier brought along: <see cref="Frame.Carrier"/>.</summary>
    public ulong Carrier;

    /// <summary>Where it came in.</summary>
    public SwitchPort Port;

    /// <summary>Nanoseconds since 1970 when it arrived; <see cref="Timestamp"/> is later by what it has waited.</summary>
    public long ArrivalTime;

    /// <summary>What the carrier of its copies takes along (<see cref="PartitionTag.Value"/>): what its own carrier says, or else its port; partitions may say another. 0 for none.</summary>
    public uint SourceClass;

    /// <summary>Its header, once it was received.</summary>
    public FrameHeader Header;

    /// <summary>Its headers above Ethernet, once they were read. They lie outside: to clear them for each frame would cost more than many a stage.</summary>
    public ref PacketHeader Packet;

    /// <summary>What was decided so far.</summary>
    public Verdict Verdict;

    /// <summary>The stage that ended its way, or null.</summary>
    public FrameStage? EndedBy;

    /// <summary>Where it is to leave, once it was looked up.</summary>
    public Egress Egress;

    /// <summary>The port that a copy is about to leave by, while a stage judges that copy.</summary>
    public SwitchPort? To;

    /// <summary>False if what it says of who holds an address is not to be learned.</summary>
    public bool NamesHolders;

    /// <summary>Begins a frame's way.</summary>
    /// <remarks>
    /// Field by field, and not as a constructor: that would clear it, fill a copy and move that, which waits for the many small stores before it. It costs as
    /// much as a decision.
    /// </remarks>
    /// <param name="port">Where it came in.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="packet">Where its headers are read to.</param>
    /// <param name="context">The frame on its way.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Begin(SwitchPort port, scoped in Frame frame, ref PacketHeader packet, out FrameContext context)
    {
        Unsafe.SkipInit(out context);
        context.Bytes = InParts(frame.Bytes);
        context.OriginalLength = frame.OriginalLength;
        long time = frame.Timestamp;
        context.Timestamp = time;
        context.Carrier = frame.Carrier;
        context.Port = port;
        context.ArrivalTime = time;
        context.SourceClass = context.CarrierTag != 0 ? context.CarrierTag : port.SourceClass;
        context.Packet = ref packet;
        context.Verdict = default;
        context.EndedBy = null;
        context.To = null;
        context.NamesHolders = true;
    }

    /// <summary>Goes on with a frame that has waited in its port's ingress queue.</summary>
    /// <param name="port">Where it came in.</param>
    /// <param name="waited">What is known of it.</param>
    /// <param name="now">The time of the queue's clock.</param>
    /// <param name="packet">Where its headers are read to.</param>
    /// <param name="context">The frame on its way.</param>
    public static void GoOn(SwitchPort port, in QueuedFrame waited, long now, ref PacketHeader packet, out FrameContext context)
    {
        var frame = waited.GoOn(now);
        Begin(port, frame, ref packet, out context);
        context.ArrivalTime = waited.ArrivalTime;
        context.SourceClass = waited.SourceClass;
        context.Header = waited.Header;
        context.NamesHolders = waited.NamesHolders;
    }

    /// <summary>The frame as it came.</summary>
    public readonly Frame Frame
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(InParts(Bytes), OriginalLength, Timestamp) { Carrier = Carrier };
    }

    /// <summary>The frame as it came, on its way out. Made at once: each copy waits for the stores of the one before.</summary>
    /// <param name="endpoint">What is behind the port that it leaves by; 0 for the port itself.</param>
    /// <param name="carrierTag">What the port's carrier takes along; 0 for nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Frame FrameTowards(int endpoint, uint carrierTag) => new(InParts(Bytes), OriginalLength, Timestamp) { Carrier = Frame.CarrierOf(endpoint, carrierTag) };

    /// <summary>What its port says is behind it; 0 for the port itself.</summary>
    public readonly int Endpoint => (int)Carrier;

    /// <summary>What its carrier brought along; 0 for none.</summary>
    public readonly uint CarrierTag => (uint)(Carrier >> 32);

    /// <summary>True if its carrier says that it was judged by policies already.</summary>
    public readonly bool IsApplied => (Carrier & ((ulong)PartitionTag.AppliedMark << 32)) != 0;

    /// <summary>True if its carrier says that its source is not to be learned.</summary>
    public readonly bool IsNotLearned => (Carrier & ((ulong)PartitionTag.NotLearnedMark << 32)) != 0;

    /// <summary>True if less was captured than was on the wire.</summary>
    public readonly bool IsTruncated => OriginalLength > Bytes.Length;

    /// <summary>True if the destination is a group address (IEEE 802-2014 section 8.2).</summary>
    public readonly bool IsToGroup => (Header.Destination & 0x0100_0000_0000) != 0;

    /// <summary>True if the destination is all stations.</summary>
    public readonly bool IsBroadcast => Header.Destination == 0xFFFF_FFFF_FFFF;

    /// <summary>The priority code point of its first tag (IEEE 802.1Q-2022 section 9.6), 0 to 7; 0 if it has none.</summary>
    public readonly byte Priority => (byte)(Header.OuterTags > 0 ? Bytes[TagStack.Offset + sizeof(ushort)] >> 5 : 0);

    /// <summary>Ends the frame's way as a refusal that is reported.</summary>
    /// <returns>False: the frame does not go on.</returns>
    public bool Deny(FrameStage stage, VerdictReason reason) => End(stage, Verdict.Denied(reason));

    /// <summary>Ends the frame's way in silence.</summary>
    /// <returns>False: the frame does not go on.</returns>
    public bool Drop(FrameStage stage, VerdictReason reason) => End(stage, Verdict.Dropped(reason));

    /// <summary>Ends the frame's way.</summary>
    /// <returns>False: the frame does not go on.</returns>
    public bool End(FrameStage stage, Verdict verdict)
    {
        Verdict = verdict;
        EndedBy = stage;
        return false;
    }

    /// <summary>The same span, moved as the two numbers that it is: at once it waits for the two stores that made it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> InParts(ReadOnlySpan<byte> bytes) => MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(bytes), bytes.Length);
}
