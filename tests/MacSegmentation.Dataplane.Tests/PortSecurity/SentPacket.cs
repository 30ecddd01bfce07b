using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.PortSecurity;

internal abstract record SentPacket(MacAddress Mac, string Source, SentPart Part) : SentFrame(Mac)
{
    public bool IsIPv4 => IPAddress.Parse(Source).AddressFamily == AddressFamily.InterNetwork;

    protected IPAddress SourceAddress => IPAddress.Parse(Source);

    protected IPAddress ReceiverAddress => IPAddress.Parse(IsIPv4 ? "10.0.0.1" : "fd00::1");

    public override byte[] Build()
    {
        byte[] frame = BuildWhole();
        return Part switch
        {
            SentPart.Whole => frame,
            SentPart.CutHeader => frame[..(14 + 12)],
            SentPart.FirstFragment => Fragment(frame, offset: 0, length: int.MaxValue),
            SentPart.TinyFragment => Fragment(frame, offset: 0, length: 4),
            _ => Fragment(frame, offset: 185, length: int.MaxValue),
        };
    }

    protected abstract byte[] BuildWhole();

    private byte[] Fragment(byte[] frame, int offset, int length)
    {
        if (IsIPv4)
        {
            int total = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(16)), length == int.MaxValue ? int.MaxValue : 20 + length);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)total);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(20), (ushort)(0x2000 | offset));
            return frame;
        }

        byte[] payload = frame[54..(54 + BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(18)))];
        byte[] fragment = [frame[20], 0, (byte)(offset >> 5), (byte)((offset << 3) | 1), 0, 0, 0, 7, .. payload.Take(length)];
        return new FrameBuilder(Mac, Receiver) { HopLimit = frame[21] }.IP(SourceAddress, ReceiverAddress, 44, fragment);
    }
}
